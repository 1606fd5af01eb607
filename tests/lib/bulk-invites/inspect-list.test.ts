import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { inspect } from "./list-of.ts";

const refused: [name: string, file: Buffer | string, reason: string, says: RegExp][] = [
  ["an empty file", "", "empty", /one address a line/],
  ["a file of blanks", "\ufeff \r\n\t\n", "empty", /no text in it/],
  ["a ZIP archive", Buffer.from("504b0304140000", "hex"), "binary", /Excel workbook/],
  ["a gzip archive", gzipSync("ada@acme.test"), "binary", /plain text \(UTF-8\)/],
  ["no encoding", Buffer.from("ada@acme.test\n\u00e9\n\xff\x81", "latin1"), "not_text", /line 2|line 3/],
  ["a text without an address", "Hello, world.\nHow are you?\n", "no_address", /no address/],
  ["only a header", "Email ID\n\n", "no_address", /no address/],
  ["a header of a roster", "Email ID,First Name\nada@acme.test,Ada\n", "roster", /Import/],
  ["a header with semicolons", "Name;E-Mail\nAda;ada@acme.test\n", "roster", /Import/],
  ["a header with tabs", "Mail\tDepartment\nada@acme.test\tNavy\n", "roster", /Import/],
  ["a roster without a header", "ada@acme.test,Ada,Navy\nbo@acme.test,Bo,Army\n", "roster", /Import/],
  ["a roster with pipes", "Ada|ada@acme.test\nBo|bo@acme.test\n", "roster", /Import/],
];

const taken: [name: string, file: Buffer | string, layout: object][] = [
  ["a bare list", "ada@acme.test\nbo@acme.test\n", { header: null, encoding: "utf-8" }],
  [
    "a header",
    "E-Mail-Adresse\r\nada@acme.test",
    { header: "E-Mail-Adresse", start: { offset: 16, line: 1 } },
  ],
  [
    "a header below a blank line",
    "\nemail:\nada@acme.test",
    { header: "email:", start: { offset: 8, line: 2 } },
  ],
  ["what is no header but a slip", "adaacme.test\nbo@acme.test\n", { header: null }],
  ["all in one line", "ada@acme.test, bo@acme.test; cy@acme.test", { header: null }],
  ["names", '"Doe, J" <j@acme.test>\nDoe, Jane <d@acme.test>\nRoe, Jim <r@acme.test>\n', { header: null }],
  ["few odd lines", "ada@acme.test\nada@acme.test,Ada\nbo@acme.test\ncy@acme.test", { header: null }],
  ["UTF-16", Buffer.from("\ufeffada@acme.test\r\n", "utf16le"), { encoding: "utf-16le", mark: 2 }],
  ["Windows-1252", Buffer.from("M\xfcller <m@acme.test>\n", "latin1"), { encoding: "windows-1252" }],
  [
    "failed rows",
    "\ufeffRollcall Reason,Email ID\r\nNo,ada@acme\r\n",
    { reasonsEnd: ",", start: { offset: 26, line: 1 } },
  ],
  ["failed rows that a spreadsheet saved", "Rollcall Reason;Email ID\nNo;ada@acme\n", { reasonsEnd: ";" }],
];

describe("inspectList", () => {
  it.each(refused)("refuses %s", (_, file, reason, says) => {
    const found = inspect(file);
    expect(found).toMatchObject({ ok: false, reason });
    expect((found as { sentence: string }).sentence).toMatch(says);
    expect("belongsTo" in found && found.belongsTo).toBe(reason === "roster" ? "import" : false);
  });

  it.each(taken)("takes %s", (_, file, layout) => {
    expect(inspect(file)).toMatchObject({ ok: true, layout: { kind: "addresses", ...layout } });
  });
});
