import { describe, expect, it } from "vitest";
import { readRoster } from "#lib/imports/file/read-roster.ts";
import { inspect, layoutOf, peopleIn, sourceOf } from "./read-bytes.ts";

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
/** Bytes as a program on Windows writes them: € is 0x80, the quotes of Word are 0x93 and 0x94. */
const western = Buffer.concat([
  Buffer.from("Email ID;First Name;Title\r\na@acme.test;Zo"),
  Buffer.from([0xeb]),
  Buffer.from(";"),
  Buffer.from([0x93, 0x80, 0x94]),
  Buffer.from("\r\n"),
]);
const ana = { line: 2, emails: "a@acme.test", first_name: "Ana" };

/** How spreadsheets and people save a list: the bytes, what is assumed of them, who comes out. */
const files: [name: string, bytes: Buffer | string, assumed: object, people: object[]][] = [
  [
    "semicolons behind a byte order mark",
    "\ufeffEmail ID;First Name;Work Phone\r\na@acme.test;Ana;0,5\r\n",
    { encoding: "utf-8", mark: 3, delimiter: ";" },
    [{ ...ana, work_phone: "0,5" }],
  ],
  [
    "Unicode text: UTF-16 with tabs",
    utf16('Email ID\tFirst Name\tTitle\r\na@acme.test\tAna\t"Head, ""R&D"""\r\nb@acme.test\tŁukasz 😀\t\r\n'),
    { encoding: "utf-16le", mark: 2, delimiter: "\t" },
    [
      { ...ana, title: 'Head, "R&D"' },
      { line: 3, emails: "b@acme.test", first_name: "Łukasz 😀" },
    ],
  ],
  [
    "Windows-1252",
    western,
    { encoding: "windows-1252", delimiter: ";" },
    [{ line: 2, emails: "a@acme.test", first_name: "Zoë", title: "“€”" }],
  ],
  [
    "carriage returns only",
    "Email ID,First Name\ra@acme.test,Ana\r\rb@acme.test,Bob\r",
    { delimiter: "," },
    [ana, { line: 4, emails: "b@acme.test", first_name: "Bob" }],
  ],
  [
    "line breaks in quotes, which count for nothing",
    'Email ID,Street Address,First Name\r\na@acme.test,"1 Road\r\nTown",Ana\r\nb@acme.test,"x\ny","Bob\n"\r\n',
    {},
    [
      { ...ana, street_address: "1 Road Town" },
      { line: 3, emails: "b@acme.test", street_address: "x y", first_name: "Bob" },
    ],
  ],
  [
    "empty columns and lines at the end",
    "Email ID,First Name,,,\r\na@acme.test,Ana,,,\r\n,,,,\r\nb@acme.test,Bob,,x,\r\n,,,,\r\n",
    { headers: ["Email ID", "First Name"] },
    [ana, { line: 4, emails: "b@acme.test", codes: "long_row" }],
  ],
  [
    "a blank behind every comma",
    "Email ID, First Name, Last Name\na@acme.test, Ana, de la Cruz\n",
    { columns: ["email", "first_name", "last_name"] },
    [{ ...ana, last_name: "de la Cruz" }],
  ],
  [
    "a short row among good ones",
    "Email ID|First Name|Title\na@acme.test|Ana\nb@acme.test|Bob|x\n",
    { delimiter: "|" },
    [
      { line: 2, emails: "a@acme.test", codes: "short_row" },
      { line: 3, emails: "b@acme.test", title: "x" },
    ],
  ],
  [
    "a line for the spreadsheet and blank lines before the header",
    "sep=;\r\n\r\nEmail ID;First Name\r\na@acme.test;Ana\r\n",
    { start: { offset: 30, record: 3 }, delimiter: ";" },
    [{ ...ana, line: 4 }],
  ],
  [
    "the header again in the middle",
    "Email ID,First Name\na@acme.test,Ana\nEMAIL ID,First Name \nb@acme.test,Bob\n",
    {},
    [
      ana,
      { line: 3, codes: "header_again", problems: expect.stringMatching(/^Line 3 is the header again/) },
      { line: 4, emails: "b@acme.test" },
    ],
  ],
  [
    "one column",
    "E-Mail\r\na@acme.test\r\n",
    { delimiter: ",", columns: ["email"] },
    [{ line: 2, emails: "a@acme.test" }],
  ],
];

describe("what spreadsheets save", () => {
  it.each(files)("%s", async (_, bytes, assumed, people) => {
    expect(layoutOf(bytes)).toMatchObject({ flat: false, suite: null, ...assumed });
    for (const size of [1, 7, 100_000]) {
      const found = await peopleIn(bytes, size);
      expect(found).toMatchObject(people);
      expect(found).toHaveLength(people.length);
    }
  });

  it("keeps a suite's rules in UTF-16 with tabs", async () => {
    const text =
      "Email Address [Required]\tFirst Name [Required]\tStatus [READ ONLY]\r\na@acme.test\tAna\tSuspended\r\n";
    expect(layoutOf(utf16(text)).suite).toBe("Google Workspace");
    expect(await peopleIn(utf16(text))).toMatchObject([
      { passedOver: "Suspended in Google Workspace; left out." },
    ]);
  });
});

describe("limits", () => {
  const wide = (columns: number) =>
    `Email ID${",x".repeat(columns - 1)}\na@acme.test${",y".repeat(columns - 1)}\n`;

  it("are 200 columns", async () => {
    expect(await peopleIn(wide(200))).toMatchObject([{ emails: "a@acme.test" }]);
    expect(inspect(wide(201))).toMatchObject({ reason: "too_many_columns" });
  });

  const lines = (count: number) => Buffer.from("u@acme.test,Ana\n".repeat(count));
  async function* people(count: number) {
    for (let sent = 0; sent < count; sent += 10_000) yield lines(Math.min(10_000, count - sent));
  }

  it.each([
    [1_000_000, undefined],
    [1_000_001, "too_many_rows"],
  ])(
    "are 1,000,000 rows: %i",
    async (count, reason) => {
      const source = sourceOf("Email ID,First Name\na@acme.test,Ana\n");
      let rows = 0;
      let end: string | undefined;
      // The header was read already: what is open from there on is people.
      for await (const batch of readRoster({ ...source, open: () => people(count) })) {
        if (batch.ok) rows += batch.columns.lines.length;
        else end = batch.reason;
      }
      expect(end).toBe(reason);
      if (!reason) expect(rows).toBe(count);
    },
    60_000,
  );
});
