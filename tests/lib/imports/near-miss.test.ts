import { describe, expect, it } from "vitest";
import { rowJudge } from "#lib/imports/file/judge-row.ts";
import { editDistance } from "#lib/users/edit-distance.ts";

const { judge } = rowJudge({
  headers: ["Email ID", "User Status"],
  columns: ["email", "user_status"],
  domains: ["acme.test", "acme.com", "ibm.de"],
  clearWord: "-",
});
const reason = (email: string, status = "New") => judge([email, status], 2).problems[0]?.sentence ?? "";

describe("hints for near misses", () => {
  it.each([
    ["grace@acne.test", "@acme.test"],
    ["grace@amce.test", "@acme.test"],
    ["grace@acme.tset", "@acme.test"],
    ["grace@acmetest", "@acme.test"],
    ["grace@acme", "@acme.test"],
    ["grace@ACNE.TEST", "@acme.test"],
    ["grace@acme.con", "@acme.com"],
    ["grace@acme.cmo", "@acme.com"],
    ["grace@acme.co", "@acme.com"],
    ["grace@ibn.de", "@ibm.de"],
  ])("%s may be meant for %s", (email, domain) => {
    expect(reason(email)).toMatch(
      /is not in a domain of this account \(acme.test, acme.com, ibm.de\)\. Did you mean @/,
    );
    expect(reason(email)).toContain(`Did you mean ${domain}?`);
  });

  it.each([
    ["grace@acme,test", "grace@acme.test"],
    ["grace@acme..test", "grace@acme.test"],
    ["grace @acme.test", "grace@acme.test"],
    ["grace@@acme.test", "grace@acme.test"],
    ["grace@acme.test.", "grace@acme.test"],
    ["mailto:grace@acme.test", "grace@acme.test"],
    ["Grace Hopper <grace@acme.test>", "grace@acme.test"],
    ["'grace@acme.test', ", "grace@acme.test"],
  ])("%s may be meant for %s", (email, meant) => {
    expect(reason(email)).toMatch(/is not a valid e-mail address/);
    expect(reason(email)).toContain(`Did you mean “${meant}”?`);
  });

  it.each([
    "grace@gmail.com",
    "grace@hr.acme.test",
    "grace@gmx.de",
    "grace@xym.de",
    "grace@acmehotel.test",
    "nobody",
    "a@acme.test, b@acme.test",
  ])("%s gets none", (email) => expect(reason(email)).not.toContain("Did you mean"));

  it.each([
    ["Nwe", "New"],
    ["nw", "New"],
    ["Updat", "Update"],
    ["DELETED", "Delete"],
    ["Active", "Activate"],
    ["Deactivate", "Delete"],
    ["add", "New"],
  ])("the status %s may be %s", (status, word) => {
    expect(reason("grace@acme.test", status)).toContain(
      `is not a status. Did you mean ${word}? Write New, Update,`,
    );
  });

  it.each(["Suspended", "-", "constructor", "x", "Member", "n".repeat(200)])(
    "the status %s gets none",
    (status) => {
      expect(reason("grace@acme.test", status)).toMatch(/is not a status\. Write New|characters/);
    },
  );
});

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["abc", "abc", 0],
    ["abc", "acb", 1],
    ["abc", "ab", 1],
    ["abc", "abcd", 1],
    ["abc", "xbc", 1],
    ["abcd", "badc", 2],
    ["abc", "", 3],
    ["a", "abcdef", 3],
  ])("from %j to %j is %i", (from, to, distance) => {
    expect(editDistance(from, to, 2)).toBe(distance);
  });
});
