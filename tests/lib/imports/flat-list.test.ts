import { describe, expect, it } from "vitest";
import { flatten } from "#lib/imports/file/flatten.ts";
import { readRoster } from "#lib/imports/file/read-roster.ts";
import { collect, pieces } from "../uploads/byte-streams.ts";
import { batchesOf, inspect, layoutOf, peopleIn, sourceOf } from "./read-bytes.ts";

const names = "Email ID, First Name, Last Name, Alternate ID, Work Phone, Title, Department, User Status";
const a = "a@acme.test,User1FirstName,User1LastName,User1AlternateID,800-555-1212,President,Executive,New";
const b =
  "b@acme.test,User2FirstName,User2LastName,User2AlternateID,800-555-5555,VicePresident,Executive,New";
const c = "c@acme.test,User3FirstName,User1LastName,,,,,New";
const three = [
  {
    line: 2,
    emails: "a@acme.test",
    asked: "new",
    first_name: "User1FirstName",
    last_name: "User1LastName",
    alternate_id: "User1AlternateID",
    work_phone: "800-555-1212",
    title: "President",
    department: "Executive",
  },
  { line: 3, emails: "b@acme.test", title: "VicePresident" },
  { line: 4, emails: "c@acme.test", asked: "new", first_name: "User3FirstName", last_name: "User1LastName" },
];

describe("a flat list", () => {
  it.each([
    ["on one line", `${names},${a},${b},${c}`],
    ["with a line end", `${names},${a},${b},${c}\n`],
    ["with a delimiter at its end", `${names},${a},${b},${c},\r\n`],
    ["on lines of whole people", `${names},${a}\r\n${b}\r\n${c}\r\n`],
    ["on lines that end with a delimiter", `${names},${a},\n${b},\n${c},\n`],
    ["on lines that break people", `${names},${a},b@acme.test,User2FirstName\r${b.split(",").slice(2)},${c}`],
    ["with empty lines", `${names},${a}\n\n\n${b},${c}`],
    ["behind a byte order mark and a line for programs", `\ufeffsep=,\r\n${names},${a},${b},${c}`],
  ])("%s", async (_, file) => {
    const layout = layoutOf(file);
    expect(layout).toMatchObject({ flat: true, delimiter: ",", ignored: [], absent: [] });
    expect(layout.headers).toHaveLength(8);
    expect(await peopleIn(file)).toMatchObject(three);
    expect((await peopleIn(file))[2]).toEqual(three[2]);
  });

  it.each([";", "\t", "|"])("with the delimiter %j, in UTF-16", async (delimiter) => {
    const file = `\ufeff${[names, a, b, c].join(",").replaceAll(",", delimiter)}`;
    expect(await peopleIn(Buffer.from(file, "utf16le"))).toMatchObject(three);
  });

  it("keeps what stands in quotes together, and empty cells at the end", async () => {
    const file =
      'Email ID,Title,Department,City,a@acme.test,"Vice, ""big""\nPresident","x",,"b@acme.test",,,\n"c@acme.test","y" ,z,';
    expect(await peopleIn(file, 3)).toEqual([
      { line: 2, emails: "a@acme.test", title: 'Vice, "big" President', department: "x" },
      { line: 3, emails: "b@acme.test" },
      { line: 4, emails: "c@acme.test", title: "y", department: "z" },
    ]);
  });

  it("counts columns without a name, and drops passwords", async () => {
    const file = "Email ID,Password,,First Name,,a@acme.test,s3cret,x,Ana,,evil,s3cret,x,Bob,,";
    expect(layoutOf(file.replace("evil", "b@acme.test")).headers).toHaveLength(5);
    const fault = inspect(file);
    expect(fault).toMatchObject({
      reason: "flat_list",
      sentence: expect.stringMatching(/Field 11, where person 2 /),
    });
    expect(JSON.stringify(fault)).not.toMatch(/evil|s3cret/);
  });

  it("fails the last person alone when fields are missing", async () => {
    expect(await peopleIn(`${names},${a},b@acme.test,Bob`)).toMatchObject([
      { line: 2 },
      {
        line: 3,
        emails: "b@acme.test",
        codes: "short_row",
        problems: expect.stringMatching(/^Line 3 has 2 fields/),
      },
    ]);
  });

  it("has room for columns that are not known, with addresses in them", async () => {
    const file = "Email,Title,Boss,a@acme.test,x,b@acme.test,b@acme.test,y,c@acme.test,c@acme.test,z,";
    expect(await peopleIn(file)).toMatchObject([{ title: "x" }, { title: "y" }, { title: "z" }]);
    expect(await peopleIn("Email,Manager Email,a@acme.test,b@acme.test")).toHaveLength(1);
  });

  it("passes over people without any data", async () => {
    expect(await peopleIn("Email,Title,a@acme.test,x,,,b@acme.test,y,,,")).toMatchObject([
      { line: 2 },
      { line: 3 },
    ]);
  });

  it("fails people with a foreign or an odd address, no more", async () => {
    const people = await peopleIn("Email,Title,a@evil.test,x,ö@acme.test,y,b@acme.test,z");
    expect(people).toMatchObject([{ codes: "foreign_domain" }, { codes: "invalid_address" }, { title: "z" }]);
  });
});

const bad: [name: string, file: string, says: RegExp][] = [
  [
    "a missing field",
    `${names},${a.replace(",President", "")},${b},${c}`,
    /every 8 fields. Field 17 \(“User2FirstName”\), where person 2 begins/,
  ],
  ["a surplus field", `${names},${a},extra,${b},${c}`, /Field 17 \(“extra”\), where person 2/],
  ["an empty field where a person begins", `${names},${a},,${b},${c}`, /Field 17 \(empty\)/],
  [
    "a first person without an address",
    `${names},nobody,${a.slice(12)},${b},${c}`,
    /Field 9 \(“nobody”\), where person 1/,
  ],
  ["a first person of two without an address", `${names},nobody,${a.slice(12)},${b}`, /Field 9 \(“nobody”\)/],
  [
    "a first person whose address is left out",
    `${names},${a.slice(12)},${b},${c}`,
    /Field 9 \(“User1FirstName”\)/,
  ],
  [
    "no address at all",
    `${names}${",User1FirstName,User1LastName,,800-555-5555,VicePresident,Executive,New".repeat(3)}`,
    /Field 9 \(“User1FirstName”\)/,
  ],
  [
    "an address with a comma in it",
    "Email,Title,a@acme.test,x,b@acme,test,y",
    /Field 7 \(“y”\), where person 3/,
  ],
  [
    "the address behind the name",
    "First Name,Email ID,Ana,a@acme.test,Bob,b@acme.test",
    /Email ID must be the first column/,
  ],
  ["201 columns", `Email${",x".repeat(200)},a@acme.test`, /more than 200 columns/],
];

describe("a flat list that is shifted", () => {
  it.each(bad)("is refused at once: %s", (_, file, says) => {
    expect(inspect(file)).toMatchObject({ ok: false, sentence: expect.stringMatching(says) });
  });
});

const peopleUpTo = (count: number) =>
  Array.from({ length: count }, (_, nth) => `,u${nth}@acme.test,José ${nth},"x,\ny"`);

/** The file, read to its end: what came out, and the fault that ended it. */
async function readOut(file: string) {
  const read = { rows: 0, sentence: "" };
  for await (const batch of readRoster(sourceOf(file))) {
    if (batch.ok) read.rows += batch.columns.lines.length;
    else read.sentence = batch.sentence;
  }
  return read;
}

describe("a long flat list", () => {
  const header = "Email ID,First Name,Title";
  const people = peopleUpTo(20_000);

  it("goes on from every checkpoint", async () => {
    const source = sourceOf(header + people.join(""));
    const all = await batchesOf(source);
    expect(all.flatMap(({ columns }) => columns.lines)).toEqual(people.map((_, nth) => nth + 2));
    expect(all.length).toBeGreaterThan(3);
    const rest = all.flatMap(({ columns }) => columns.lines.map((line, row) => [line, columns.emails[row]]));
    for (const { checkpoint } of all) {
      const read = await batchesOf(source, checkpoint);
      const rows = read.flatMap(({ columns }) =>
        columns.lines.map((line, row) => [line, columns.emails[row]]),
      );
      expect(rows).toEqual(rest.slice(checkpoint.rows));
    }
  });

  it.each([
    ["a field too many", ",x", /Field 59989 \(“x”\), where person 19996 begins/],
    [
      "a quote that nothing closes",
      ',v@acme.test,"V,',
      /person 19996 in it has a double quote that is not closed/,
    ],
    ["text behind a quote", ',v@acme.test,"V"v,', /person 19996 in it has a double quote/],
    [
      "a person over 64 KiB",
      `,v@acme.test,${"x".repeat(70_000)},`,
      /person 19996 in it is longer than 64 KiB/,
    ],
  ])("is given up at %s", async (_, wrong, says) => {
    const read = await readOut(header + people.toSpliced(19_995, 0, wrong).join(""));
    expect(read.sentence).toMatch(says);
    expect(read.rows).toBeLessThan(19_996);
  });

  it("of 300 MiB without a line end is read in flat memory and linear time", async () => {
    const sizes = [];
    for (const count of [75_000, 300_000]) {
      const source = sourceOf(`${header},Note,u@acme.test,Ana,x,y`);
      const note = "x".repeat(1000);
      async function* endless() {
        yield Buffer.from("Email ID,First Name,Title,Note");
        for (let nth = 0; nth < count; nth += 1000) {
          yield Buffer.from(
            Array.from({ length: 1000 }, (_, at) => `,u${nth + at}@acme.test,Ana,x,${note}`).join(""),
          );
        }
      }
      const skipped = async function* (from: number) {
        let toSkip = from;
        for await (const bytes of endless()) {
          yield bytes.subarray(Math.min(toSkip, bytes.length));
          toSkip -= Math.min(toSkip, bytes.length);
        }
      };
      const begun = performance.now();
      let rows = 0;
      let heap = 0;
      for await (const batch of readRoster({ ...source, open: skipped })) {
        if (!batch.ok) throw new Error(batch.sentence);
        rows += batch.columns.lines.length;
        heap = Math.max(heap, process.memoryUsage().heapUsed);
      }
      expect(rows).toBe(count);
      sizes.push({ ms: performance.now() - begun, heap });
    }
    const [small, large] = sizes;
    expect((large?.ms ?? 0) / (small?.ms ?? 1)).toBeLessThan(10);
    expect((large?.heap ?? 0) - (small?.heap ?? 0)).toBeLessThan(150 * 1024 * 1024);
  }, 120_000);
});

describe("flatten", () => {
  it("gives the same whatever the pieces", async () => {
    const text = 'a,"b\r\n,""",c\r\nd,e,\r\rf,g\n,h,i,j\r\n"k" ,l,m,n,"o"p,q\r\n';
    const shape = { delimiter: ",", width: 3 } as const;
    const whole = Buffer.concat(await collect(flatten(pieces(Buffer.from(text), 1000), shape)));
    expect(whole.toString()).toBe('a,"b\r\n,""",c \nd,e,\n\nf,g,\nh,i,j \n"k" ,l,m\nn,"o"p,q\r\n');
    for (let size = 1; size < text.length; size++) {
      const parts = await collect(flatten(pieces(Buffer.from(text), size), shape));
      expect(Buffer.concat(parts).toString()).toBe(whole.toString());
    }
  });
});
