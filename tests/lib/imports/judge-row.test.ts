import { describe, expect, it } from "vitest";
import type { ImportField } from "#lib/imports/fields.ts";
import { rowJudge } from "#lib/imports/file/judge-row.ts";

const headers = ["Email ID", "First Name", "Work Phone", "User Status", "Groups", "Shoe size", "Password"];
const columns: (ImportField | "password" | null)[] = [
  "email",
  "first_name",
  "work_phone",
  "user_status",
  "groups",
  null,
  "password",
];
const { fields, judge } = rowJudge({
  headers,
  columns,
  domains: ["acme.test", "acme.example"],
  clearWord: "-",
});

const good = ["bob@acme.test", "Bob", "1", "New", "", "", ""];
const row = (change: Record<number, string>) => good.map((cell, index) => change[index] ?? cell);

const faults: [name: string, cells: string[], code: string, sentence: string | RegExp][] = [
  [
    "a missing address",
    row({ 0: " " }),
    "missing_address",
    "Line 7, column A (Email ID): the address is missing. Every row needs one.",
  ],
  [
    "no address",
    row({ 0: "bob@" }),
    "invalid_address",
    "Line 7, column A (Email ID): “bob@” is not a valid e-mail address. Write one address like name@acme.test.",
  ],
  ["two addresses", row({ 0: "a@acme.test,b@acme.test" }), "invalid_address", /^Line 7, column A/],
  [
    "CRLF in an address",
    row({ 0: "a@acme.test\r\nBcc: b@acme.test" }),
    "invalid_address",
    /“a@acme.test Bcc: b@acme.test” is not/,
  ],
  [
    "a Kelvin sign",
    row({ 0: "\u212aim@acme.test" }),
    "invalid_address",
    /character 1 \(“\u212a”, U\+212A\) cannot stand in one/,
  ],
  ["a dotted İ", row({ 0: "b\u0130b@acme.test" }), "invalid_address", /character 2 \(“İ”, U\+0130\)/],
  ["an invisible blank", row({ 0: "bob\u00a0@acme.test" }), "invalid_address", /character 4 \(U\+00A0\)/],
  [
    "a bidi override in an address",
    row({ 0: "bob\u202e@acme.test" }),
    "direction_override",
    /column A.*U\+202E/,
  ],
  [
    "an over-long address",
    row({ 0: `${"a".repeat(250)}@acme.test` }),
    "too_long",
    /column A \(Email ID\): the value has 260 characters; 254/,
  ],
  [
    "a foreign domain",
    row({ 0: "bob@evil.test" }),
    "foreign_domain",
    "Line 7, column A (Email ID): “bob@evil.test” is not in a domain of this account (acme.test, acme.example). Use an address of this account.",
  ],
  ["a subdomain", row({ 0: "bob@hr.acme.test" }), "foreign_domain", /not in a domain/],
  ["a domain that ends alike", row({ 0: "bob@notacme.test" }), "foreign_domain", /not in a domain/],
  [
    "a short row",
    ["bob@acme.test", "Bob"],
    "short_row",
    "Line 7 has 2 fields where the header has 7. Add the missing ones, also when they are empty.",
  ],
  ["a row of one field", ["bob@acme.test"], "short_row", /has 1 field where/],
  [
    "a long row",
    [...good, "", "x"],
    "long_row",
    /^Line 7 has 9 fields where the header has 7: column I has no header/,
  ],
  [
    "NUL in a name",
    row({ 1: "B\0b" }),
    "control_character",
    "Line 7, column B (First Name): the value holds a control character (U+0000). Remove it.",
  ],
  ["a vertical tab in a name", row({ 1: "B\u000bb" }), "control_character", /U\+000B/],
  ["a C1 control in a name", row({ 1: "B\u0085b" }), "control_character", /U\+0085/],
  [
    "a bidi override in a name",
    row({ 1: "B\u202eb" }),
    "direction_override",
    /column B \(First Name\).*U\+202E/,
  ],
  [
    "an over-long name",
    row({ 1: "x".repeat(201) }),
    "too_long",
    /column B \(First Name\): the value has 201 characters; 200 is the most/,
  ],
  [
    "an over-long phone",
    row({ 2: "1".repeat(65) }),
    "too_long",
    /column C \(Work Phone\): the value has 65 characters; 64/,
  ],
  ["an over-long group", row({ 4: `A;${"x".repeat(201)}` }), "too_long", /column E \(Groups\)/],
  [
    "an empty status",
    row({ 3: "" }),
    "missing_status",
    /column D \(User Status\): the status is missing. Write New/,
  ],
  [
    "an unknown status",
    row({ 3: "Nwe" }),
    "unknown_status",
    "Line 7, column D (User Status): “Nwe” is not a status. Did you mean New? Write New, Update, Delete or Activate.",
  ],
  ["the header again", headers, "header_again", /^Line 7 is the header again/],
  [
    "the header in capitals again",
    [...headers.map((header) => ` ${header.toUpperCase()} `), ""],
    "header_again",
    /Remove the line/,
  ],
  ["the clear word as status", row({ 3: "-" }), "unknown_status", /“-” is not a status/],
];

const kept: [name: string, cell: string, value: string | null][] = [
  ["a formula", "=HYPERLINK(1)", "=HYPERLINK(1)"],
  ["HTML", "<b>Bob</b><script>", "<b>Bob</b><script>"],
  ["right-to-left text with its marks", "\u200fشركة\u200e", "\u200fشركة\u200e"],
  ["emoji", "👩‍👩‍👧", "👩‍👩‍👧"],
  ["200 emoji", "😀".repeat(200), "😀".repeat(200)],
  ["a name with NBSP inside", "Ana\u00a0María", "Ana\u00a0María"],
  ["outer blanks", "  Bob\u00a0\u3000", "Bob"],
  ["a byte order mark", "\ufeffBob", "Bob"],
  ["line breaks and tabs inside", "Bob\r\n\tSmith\nJr", "Bob Smith Jr"],
  ["line breaks outside", "\nBob\r\n", "Bob"],
  ["a guarded formula", "'=1+1", "=1+1"],
  ["a guarded sign", "'+49 30", "+49 30"],
  ["a guarded minus", "'-", "-"],
  ["a guarded at", "'@bob", "@bob"],
  ["a guarded tab", "'\tBob", "Bob"],
  ["a guarded full-width form", "'＝1", "＝1"],
  ["a quote that guards nothing", "'t Hooft", "'t Hooft"],
  ["a doubled quote", "''=1", "''=1"],
  ["nothing", "", null],
  ["blanks", " \t ", null],
];

describe("rowJudge", () => {
  it.each(faults)("fails a row with %s", (_, cells, code, sentence) => {
    const { problems } = judge(cells, 7);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.sentence).toMatch(sentence);
  });

  it("tells all problems of a row, the address first", () => {
    const { judge: reversed } = rowJudge({
      headers: ["Title", "Mail"],
      columns: ["title", "email"],
      domains: ["acme.test"],
      clearWord: "-",
    });
    const { problems } = reversed(["\0", "x"], 2);
    expect(problems.map(({ code, column }) => [code, column])).toEqual([
      ["invalid_address", 1],
      ["control_character", 0],
    ]);
  });

  it.each(kept)("stores %s as data", (_, cell, value) => {
    const judged = judge(row({ 1: cell }), 2);
    expect(judged.problems).toEqual([]);
    expect(judged.values[fields.indexOf("first_name")]).toBe(value);
  });

  it("keeps the address as it is written", () => {
    expect(judge(row({ 0: " Bob@ACME.test " }), 2)).toMatchObject({ email: "Bob@ACME.test", problems: [] });
  });

  it.each(["New", "UPDATE", "delete", " Activate "])("knows the status %j", (word) => {
    expect(judge(row({ 3: word }), 2).asked).toBe(word.trim().toLowerCase());
  });

  it("asks for nothing when there is no status column", () => {
    const plain = rowJudge({
      headers: ["Email"],
      columns: ["email"],
      domains: ["acme.test"],
      clearWord: "-",
    });
    expect(plain.judge(["bob@acme.test"], 2)).toMatchObject({ asked: null, problems: [] });
  });

  it("empties a field by the clear word only", () => {
    const judged = judge(row({ 1: " - ", 2: "'-", 4: "-" }), 2);
    expect(judged.cleared).toEqual(["first_name"]);
    expect(judged.values).toEqual([null, "-"]);
    expect(judged.groups).toEqual([]);
  });

  it("takes groups apart", () => {
    expect(judge(row({ 4: "Sales; Team A ;;Sales" }), 2).groups).toEqual(["Sales", "Team A"]);
  });

  it("takes a surplus of empty cells", () => {
    expect(judge([...good, "", " "], 2).problems).toEqual([]);
  });

  it("never quotes a row that may be shifted, for its cells may be passwords", () => {
    const judged = judge(["bob", "hunter2"], 2);
    expect(judged.email).toBeNull();
    expect(JSON.stringify(judged)).not.toContain("hunter2");
  });
});
