import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowJudge } from "#lib/imports/file/judge-row.ts";
import { addressProblem } from "#lib/imports/file/problem.ts";
import { knownAddress } from "#lib/uploads/known-address.ts";

const domains = new Set(["acme.test", "b.test"]);
const column = { index: 0, header: "Email ID", limit: 254 };

describe("knownAddress", () => {
  it("says of any text what the whole check says, whatever was asked before", () => {
    const part = fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constantFrom("bob", "Bob.O'Neil+x", "x".repeat(64), "x".repeat(65), "", "é", "a b", "@"),
    );
    const end = fc.constantFrom(
      "@acme.test",
      "@ACME.test",
      "@b.test",
      "@c.test",
      "@x@acme.test",
      ".acme.test",
    );
    const values = fc.array(
      fc.tuple(part, end).map(([a, b]) => a + b),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(values, (asked) => {
        const isKnown = knownAddress(domains);
        for (const value of asked)
          expect([value, isKnown(value)]).toEqual([
            value,
            addressProblem(value, domains, column, 2) === null,
          ]);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps to the longest address", () => {
    const long = `${"d".repeat(60)}.`.repeat(3);
    const isKnown = knownAddress(new Set([`${long}test`]));
    expect(isKnown(`bob@${long}test`)).toBe(true);
    expect(isKnown(`${"x".repeat(64)}@${long}test`)).toBe(true);
    const longer = knownAddress(new Set([`${long}testing`]));
    expect(longer(`bob@${long}testing`)).toBe(true);
    expect(longer(`${"x".repeat(64)}@${long}testing`)).toBe(false);
  });
});

describe("rowJudge", () => {
  it("says of rows that hold nothing odd the same without looking at each character", () => {
    const judged = rowJudge({
      columns: ["first_name", "email", null, "alternate_id", "user_status", "groups"],
      headers: ["First Name", "Email ID", "x", "Alternate ID", "User Status", "Groups"],
      domains: [...domains],
      clearWord: "-",
    });
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom(..."ab'-=+@ ;.éж"), maxLength: 6 }),
      fc.constantFrom(
        "",
        "-",
        "'-",
        "'=1",
        "x".repeat(65),
        "x".repeat(201),
        "😀".repeat(64),
        "😀".repeat(65),
      ),
      fc.constantFrom("bob@acme.test", "bob@ACME.TEST", " bob@acme.test", "new", "New", "UPDATE", "delete"),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 5, maxLength: 7 }), (cells) => {
        expect(judged.judge(cells, 2, true)).toEqual(judged.judge(cells, 2, false));
      }),
      { numRuns: 1000 },
    );
  });
});
