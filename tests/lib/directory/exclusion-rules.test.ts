import { performance } from "node:perf_hooks";
import { describe, expect, test } from "vitest";
import type { Rule } from "#lib/directory/settings.ts";
import type { EntryValues } from "#tests/support/ldap/entry-of.ts";
import { judge, type Told } from "./judged.ts";

describe("exclusion rules", () => {
  const values = { mail: "Ada.Guest@home.test", sn: "Müller", title: "Head of Temps" };
  test.each<[Rule["field"], Rule["how"], string, boolean]>([
    ["last_name", "is", "MÜLLER", true],
    ["last_name", "is", "Mu\u0308ller", true],
    ["last_name", "is", "Mülle", false],
    ["title", "starts_with", "head", true],
    ["title", "starts_with", "of", false],
    ["title", "contains", "TEMP", true],
    ["title", "matches", "head*temp?", true],
    ["title", "matches", "head*temp", false],
    ["title", "matches", "*", true],
    ["title", "matches", "????", false],
    ["title", "matches", "head.*", false],
    ["city", "matches", "*", false],
    ["dn", "contains", "OU=sales", true],
    ["email", "contains", "@home.test", true],
  ])("%s %s %s: %s", (field, how, value, means) => {
    const never: Rule = { field: "city", how: "is", value: "Nowhere" };
    const person = judge(values, { users: { exclusions: [never, { field, how, value }] } });
    expect(person.excludedBy).toBe(means ? 1 : null);
  });

  test("no pattern takes long", () => {
    const before = performance.now();
    const rule: Rule = { field: "title", how: "matches", value: `${"*a".repeat(240)}b` };
    for (let nth = 0; nth < 100; nth += 1)
      judge({ title: "a".repeat(200) }, { users: { exclusions: [rule] } });
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});

describe("the hash", () => {
  const base = { mail: "a@acme.test", sn: "L", title: "T" };
  const hash = (values: EntryValues, told?: Told) => judge(values, told).content;
  test.each<[string, EntryValues, Told]>([
    ["another spelling of the name", base, { dn: "UID=ada, OU=Sales, dc=ACME,dc=test" }],
    ["attributes that are not taken over", { ...base, description: "x" }, {}],
    ["outer blanks", { ...base, sn: " L " }, {}],
  ])("is the same: %s", (_, values, told) => {
    expect(hash(values, told)).toBe(hash(base));
  });
  test.each<[string, EntryValues, Told]>([
    ["another place", base, { dn: "uid=ada,ou=Support,dc=acme,dc=test" }],
    ["another address", { ...base, mail: "b@acme.test" }, {}],
    ["an address that cannot be taken over", { ...base, mail: "b@home.test" }, {}],
    ["a value that moved", { mail: "a@acme.test", givenName: "L", title: "T" }, {}],
    ["an empty one", { mail: "a@acme.test", sn: "L" }, {}],
    ["one that is not mapped", base, { users: { mapping: "custom", attributes: { last_name: "sn" } } }],
    ["excluded", base, { users: { exclusions: [{ field: "title", how: "is", value: "t" }] } }],
    ["disabled", base, { users: { disabledBy: { attribute: "title", value: "t" } } }],
  ])("differs: %s", (_, values, told) => {
    expect(hash(values, told)).not.toBe(hash(base));
  });
});
