import { describe, expect, it } from "vitest";
import { readList } from "#lib/bulk-invites/list/read-list.ts";
import { longStream } from "../uploads/byte-streams.ts";
import { layoutOf, read, told } from "./list-of.ts";

const lists: [name: string, file: string, entries: string[]][] = [
  [
    "every line end",
    "a@acme.test\nb@acme.test\r\nc@acme.test\rd@acme.test",
    ["1 a@acme.test", "2 b@acme.test", "3 c@acme.test", "4 d@acme.test"],
  ],
  ["a carriage return at the end", "a@acme.test\nb@acme.test\r", ["1 a@acme.test", "2 b@acme.test"]],
  ["blank lines, which count", "\n\n a@acme.test \n\n\tb@acme.test\n", ["3 a@acme.test", "5 b@acme.test"]],
  ["a header line, which counts", "Email\na@acme.test", ["2 a@acme.test"]],
  [
    "several in a line",
    "a@acme.test, b@acme.test;c@acme.test d@acme.test,\ne@acme.test;;",
    ["1 a@acme.test", "1 b@acme.test", "1 c@acme.test", "1 d@acme.test", "2 e@acme.test"],
  ],
  [
    "names",
    '"Doe, J" <j@acme.test>, Jane Roe <r@acme.test>\n<b@acme.test>',
    ["1 j@acme.test", "1 r@acme.test", "2 b@acme.test"],
  ],
  ["a quote that nobody closes", '"Doe <j@acme.test>\nb@acme.test', ["1 j@acme.test", "2 b@acme.test"]],
  [
    "other domains, subdomains too",
    "a@else.test\nb@sub.acme.test\nC@ACME.TEST",
    ["1 ! a@else.test", "2 ! b@sub.acme.test", "3 C@ACME.TEST"],
  ],
  [
    "what is no address",
    "adaacme.test\nb@acme.test\na@b@acme.test",
    ["1 ! adaacme.test", "2 b@acme.test", "3 ! a@b@acme.test"],
  ],
  [
    "letters that no address may have",
    "jürgen@acme.test\na@acme.test\na@müller.test",
    ["1 ! jürgen@acme.test", "2 a@acme.test", "3 ! a@müller.test"],
  ],
  [
    "control characters and turned text",
    "a\u0000b@acme.test\nc\u202ed@acme.test\n\u200be@acme.test\ufeff",
    ["1 ! a\ufffdb@acme.test", "2 ! c\ufffdd@acme.test", "3 e@acme.test"],
  ],
  [
    "failed rows again",
    'Rollcall Reason,Email ID\n"No, ""no""",a@acme.test\nNo,"""Doe, J"" <b@acme.test>"\nNo,\'=c@acme.test\n',
    ["2 a@acme.test", "3 b@acme.test", "4 =c@acme.test"],
  ],
];

describe("readList", () => {
  it.each(lists)("reads %s", async (_, file, entries) => {
    for (const size of [1, 7, 64 * 1024]) expect(await told(file, size)).toEqual(entries);
  });

  it.each([
    ["utf16le", "\ufeff"],
    ["latin1", ""],
  ] as const)("reads %s", async (encoding, mark) => {
    const text = `${mark}Jörg <a@acme.test>\r\nbad\r\nb@acme.test\r\n`;
    expect(await told(Buffer.from(text, encoding), 3)).toEqual(["1 a@acme.test", "2 ! bad", "3 b@acme.test"]);
  });

  it("says what is wrong with a line and what to do, and keeps what was written", async () => {
    const { entries } = await read("a@acme.test\nBo <bo@acne.test>\nc@acme\nx\u0007@acme.test");
    expect(entries.slice(1)).toEqual([
      {
        line: 2,
        email: "bo@acne.test",
        problem:
          "Line 2: “bo@acne.test” is not in a domain of this account (acme.test, acme.com). Did you mean @acme.test?",
        raw: '["Bo <bo@acne.test>"]',
      },
      {
        line: 3,
        email: "c@acme",
        problem:
          "Line 3: “c@acme” is not in a domain of this account (acme.test, acme.com). Did you mean @acme.test?",
        raw: '["c@acme"]',
      },
      {
        line: 4,
        email: "x\ufffd@acme.test",
        problem: "Line 4: “x\ufffd@acme.test” holds a control character (U+0007). Remove it.",
        raw: '["x\\u0007@acme.test"]',
      },
    ]);
  });

  it("takes 10,000 addresses in one line, and the lines behind it", async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => `"Doe, ${n}" <person${n}@acme.test>`);
    for (const separator of [", ", ";"]) {
      const lines = await told(`${many.join(separator)}\nlast@acme.test`);
      expect(lines).toHaveLength(10_001);
      expect(new Set(lines).size).toBe(10_001);
      expect(lines.filter((line) => line.includes("!"))).toEqual([]);
      expect(lines.slice(-2)).toEqual(["1 person9999@acme.test", "2 last@acme.test"]);
    }
  });

  it("takes addresses that only blanks part, however many", async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => `person${n}@acme.test`);
    expect(await told(many.join(" "))).toEqual(many.map((address) => `1 ${address}`));
  });

  it("passes over a line that does not end, and takes what is behind it", async () => {
    const { lines, problems, emails } = await streamed(64 * 1024 * 1024, "\nb@acme.test\n");
    expect(lines).toEqual([1, 2, 3]);
    expect(problems[1]).toMatch(/^Line 2: more than 64 KiB/);
    expect(emails).toEqual(["a@acme.test", expect.stringMatching(/^x{60}…$/), "b@acme.test"]);
  });

  it("goes on from every checkpoint to the same end", async () => {
    const people = Array.from({ length: 21_000 }, (_, n) => {
      const end = ["\n", "\r\n", "\r", ";", "\n\n"][n % 5];
      return n % 11 === 0 ? `wrong${n}${end}` : `"Doe, ${n}" <person${n}@acme.test>${end}`;
    });
    for (const file of [Buffer.from(people.join("")), Buffer.from(`\ufeff${people.join("")}`, "utf16le")]) {
      const whole = await read(file);
      expect(whole.checkpoints.length).toBeGreaterThan(2);
      for (const from of whole.checkpoints) {
        const rest = await read(file, { from });
        expect(rest.entries).toEqual(whole.entries.slice(from.rows));
      }
    }
  });

  it("stops at a million addresses", async () => {
    const layout = layoutOf("a@acme.test\n");
    const open = () => longStream("", "a@acme.test\n", 12 * 1_000_001);
    const source = { open, layout, domains: ["acme.test"] };
    let last: unknown;
    for await (const batch of readList(source)) last = batch;
    expect(last).toMatchObject({ ok: false, reason: "too_many_rows" });
  });
});

async function streamed(size: number, end: string) {
  const layout = layoutOf("a@acme.test\n");
  const open = () => longStream("a@acme.test\n", "x", size, end);
  const all = { lines: [] as number[], problems: [] as (string | null)[], emails: [] as (string | null)[] };
  for await (const batch of readList({ open, layout, domains: ["acme.test"] })) {
    if (!batch.ok) throw new Error(batch.sentence);
    all.lines.push(...batch.lines);
    all.problems.push(...batch.problems);
    all.emails.push(...batch.emails);
  }
  return all;
}
