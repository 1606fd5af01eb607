import { describe, expect, it } from "vitest";
import { inspectHead } from "#lib/imports/file/inspect-head.ts";
import { mapColumns } from "#lib/imports/file/map-header.ts";
import { rosterReading } from "#lib/imports/file/roster-reading.ts";
import { inspectBytes } from "#lib/uploads/inspect-bytes.ts";

function inspect(text: string) {
  const inspector = inspectBytes(rosterReading.words);
  inspector.feed(Buffer.from(text));
  const verdict = inspector.verdict();
  if (!verdict.ok) throw new Error(verdict.sentence);
  return inspectHead(inspector.head(), verdict);
}

describe("mapColumns", () => {
  const headers = ["Contact", "Shoe", "Secret", ""];

  it.each([
    ["no address", ["title", null, null, null], "no_email_column", /no Email ID column/],
    [
      "two addresses",
      ["email", "email", null, null],
      "two_columns_one_field",
      /A \(“Contact”\) and B \(“Shoe”\)/,
    ],
    ["three titles", ["email", "title", "title", "title"], "two_columns_one_field", /^3 columns claim Title/],
  ] as const)("refuses %s", (_, columns, reason, says) => {
    expect(mapColumns(headers, [...columns])).toMatchObject({
      ok: false,
      reason,
      sentence: expect.stringMatching(says),
    });
  });

  it("takes what a person chose, with any number of passwords", () => {
    expect(mapColumns(headers, ["email", null, "password", "password"])).toMatchObject({
      ok: true,
      headers,
      columns: ["email", null, "password", "password"],
      ignored: ["Shoe"],
      absent: expect.arrayContaining(["First Name", "User Status"]),
    });
  });
});

describe("a header that a person must map", () => {
  it("comes with what could be guessed, doubled columns open", () => {
    const found = inspect("Mail,First Name,E-Mail,Title,Shoe\na@acme.test,Ana,b@acme.test,x,9\n");
    expect(found).toMatchObject({
      ok: false,
      reason: "two_columns_one_field",
      layout: {
        delimiter: ",",
        encoding: "utf-8",
        headers: ["Mail", "First Name", "E-Mail", "Title", "Shoe"],
        columns: [null, "first_name", null, "title", null],
        ignored: ["Mail", "E-Mail", "Shoe"],
        start: { offset: 34, record: 1 },
      },
    });
  });

  it("comes without an address", () => {
    expect(inspect("Kontakt;Vorname;Password\na@acme.test;Ana;x\n")).toMatchObject({
      reason: "no_email_column",
      layout: { delimiter: ";", columns: [null, null, "password"] },
    });
  });

  it.each([
    ["that is a person already", "a@acme.test,Ana\nb@acme.test,Bob\n"],
    ["with nobody below it", "Contact,First Name\n\n"],
    ["of 201 columns", `Contact${",x".repeat(200)}\na@acme.test\n`],
    ["alone", "Email ID,First Name\n"],
  ])("is not offered for a first line %s", (_, file) => {
    const found = inspect(file);
    expect(found.ok).toBe(false);
    expect(found).not.toHaveProperty("layout");
  });
});

it("a header of 60,000 dots is read at once: it would hold up everybody else at the web", () => {
  const head = `a@${".".repeat(60_000)}@,First Name\nx,Ada\n`;
  expect(inspect(head)).toMatchObject({ ok: false, reason: "no_email_column" });
});
