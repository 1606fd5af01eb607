import { FilterParser } from "ldapts";
import { describe, expect, test } from "vitest";
import { dnKey } from "#lib/directory/dn-key.ts";
import { readInclusion } from "#lib/directory/person/inclusion.ts";
import { firstSettings } from "#lib/directory/settings.ts";
import { isBelow, peopleFilter, searchBases } from "#lib/directory/sync/person-search.ts";

describe("inclusion rules that are filters", () => {
  test.each([
    ["", ""],
    ["  \n", ""],
    ["(mail=*)", "(mail=*)"],
    ["mail=*", "(mail=*)"],
    ["&(a=b)(c=d)", "(&(a=b)(c=d))"],
    ["( & (a=b)\n   (!(c=d)) )", "(&(a=b)(!(c=d)))"],
    ["(ou=Sales and Service)", "(ou=Sales and Service)"],
    ["(userAccountControl:1.2.840.113556.1.4.803:=2)", "(userAccountControl:1.2.840.113556.1.4.803:=2)"],
    ["(ou:dn:=Sales)", "(ou:dn:=Sales)"],
    ["(cn=*er\\2a*)", "(cn=*er\\2a*)"],
    ["(badPwdCount>=3)", "(badPwdCount>=3)"],
    ["(l=M\\c3\\bcnchen)", "(l=München)"],
    ["(l=)", "(l=)"],
  ])("%j", (text, filter) => {
    expect(readInclusion(text)).toEqual({ ok: true, filter });
    if (filter) expect(() => FilterParser.parseString(filter)).not.toThrow();
  });

  test.each([
    ["(a=b", 4, "a closing parenthesis is missing"],
    ["(a=b))", 6, "the filter has ended before this"],
    ["(a=b)(c=d)", 6, "Put several conditions into one"],
    ["(a=b))(|(c=d)", 6, "the filter has ended before this"],
    ["(&)", 3, "a condition in parentheses is expected here"],
    ["(&(a=b)c=d)", 8, "a closing parenthesis is missing"],
    ["(!(a=b)(c=d))", 8, "behind ! stands one condition"],
    ["(=b)", 2, "the name of an attribute is expected here"],
    ["()", 2, "the name of an attribute is expected here"],
    ["(department)", 12, "is expected behind “department”"],
    ["(a>3)", 3, "is expected behind “a”"],
    ["  a>3", 4, "is expected behind “a”"],
    ["(a=b\\zz)", 5, "behind a backslash stand two hexadecimal digits"],
    ["(a=Sales (Berlin))", 10, "a parenthesis in a value is written"],
    ["(objectGUID=\\ff\\00)", 13, "these bytes are no text"],
    ["(2.5.4.3=b)", 2, "the name of an attribute is expected here"],
    ["(a:dn=b)", 7, "behind a matching rule stands :="],
    ["department is Sales", 12, "is expected behind “department”"],
    ["(a=b\0)", 5, "a closing parenthesis is missing"],
  ])("%s is none", (text, at, sentence) => {
    expect(readInclusion(text)).toEqual({ ok: false, at, sentence: expect.stringContaining(sentence) });
  });
});

test("a filter without end is refused before it fills the stack", () => {
  const text = `${"(!".repeat(5_000)}(a=b)${")".repeat(5_000)}`;
  expect(readInclusion(text)).toEqual({
    ok: false,
    at: 84,
    sentence: expect.stringMatching(/40 parentheses/),
  });
});

describe("whoever is looked for", () => {
  test.each([
    ["openldap", "", "(objectClass=person)"],
    ["openldap", " mail=* ", "(&(objectClass=person)(mail=*))"],
    ["389ds", "(|(a=b)(c=d))", "(&(objectClass=person)(|(a=b)(c=d)))"],
  ] as const)("%s %s", (kind, inclusion, filter) => {
    expect(peopleFilter(kind, inclusion)).toBe(filter);
  });

  test("an inclusion rule never widens the search: what is no filter is none with it either", () => {
    const filter = peopleFilter("active_directory", "(a=b))(|(c=d)");
    expect(() => FilterParser.parseString(filter)).toThrow();
  });
});

describe("where", () => {
  const settings = (take: "all" | "none" | "specific", dns: string[]) => ({
    ...firstSettings,
    connection: { host: "h", port: 1, security: "ldaps", ca: null, baseDn: "dc=x", bindDn: "cn=r" } as const,
    units: { take, chosen: dns.map((dn) => ({ dn, id: dn, name: dn })) },
  });
  test.each<["all" | "none" | "specific", string[], string[]]>([
    ["all", ["ou=a,dc=x"], ["dc=x"]],
    ["none", [], ["dc=x"]],
    ["specific", [], []],
    ["specific", ["ou=a,dc=x", "ou=ba,dc=x"], ["ou=a,dc=x", "ou=ba,dc=x"]],
    ["specific", ["ou=b,OU=A,dc=x", "ou=a, dc=x", "ou=c,ou=b,ou=a,dc=x"], ["ou=a, dc=x"]],
    ["specific", ["ou=a,dc=x", "OU=A,DC=X"], ["OU=A,DC=X"]],
    ["specific", ["ou=a\\,b,dc=x", "ou=b,dc=x"], ["ou=a\\,b,dc=x", "ou=b,dc=x"]],
  ])("%s %j", (take, dns, bases) => {
    expect(searchBases(settings(take, dns))).toEqual(bases);
  });

  test.each([
    ["uid=p,ou=a,dc=x", true],
    ["OU=A, dc=x", true],
    ["uid=p,ou=ba,dc=x", false],
    ["uid=p\\,ou=a,dc=x", false],
    ["dc=x", false],
    ["", false],
  ])("%s is in the unit: %s", (dn, is) => {
    expect(isBelow(dnKey(dn), new Set([dnKey("ou=a,dc=x")]))).toBe(is);
  });
});
