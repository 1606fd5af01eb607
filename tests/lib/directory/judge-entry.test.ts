import { describe, expect, test } from "vitest";
import { askedAttributes } from "#lib/directory/person/asked-attributes.ts";
import { judgeEntry } from "#lib/directory/person/judge-entry.ts";
import { firstSettings } from "#lib/directory/settings.ts";
import type { ProfileField } from "#lib/users/profile-fields.ts";
import { type EntryValues, entryOf } from "#tests/support/ldap/entry-of.ts";
import { custom, dn, id, judge, type Told } from "./judged.ts";

test("a whole entry", () => {
  expect(
    judge({
      mail: "Ada@ACME.test",
      givenName: "Ada",
      sn: " Lovelace ",
      title: ["Countess", "Analyst"],
      L: "London",
      departmentNumber: "42",
      ou: "Sales",
    }),
  ).toEqual({
    externalId: id,
    dn,
    dnKey: dn.toLowerCase(),
    email: "Ada@ACME.test",
    aliases: [],
    emailProblem: null,
    emailFault: null,
    fields: {
      first_name: "Ada",
      last_name: "Lovelace",
      title: "Countess",
      department: "42",
      location: "London",
      city: "London",
      alternate_id: null,
      work_phone: null,
      street_address: null,
      region: null,
      postal_code: null,
      country: null,
    },
    disabled: null,
    excludedBy: null,
    problems: [],
    content: expect.stringContaining("Countess"),
  });
});

test("an entry whose id the reader may not see is nobody", () => {
  const { users } = firstSettings;
  const judging = { idAttribute: "objectGUID", users, domains: new Set<string>(), now: new Date() } as const;
  expect(
    judgeEntry(entryOf(dn, { mail: "a@acme.test" }), { ...judging, kind: "active_directory" }),
  ).toBeNull();
  const short = entryOf(dn, { objectGUID: Buffer.alloc(15) });
  expect(judgeEntry(short, { ...judging, kind: "active_directory" })).toBeNull();
});

const ad = { kind: "active_directory" } as const;

describe("addresses", () => {
  test.each<[string, EntryValues, Told, string | null, RegExp | null]>([
    ["none", {}, {}, null, null],
    ["blank", { mail: "  " }, {}, null, null],
    ["outer blanks", { mail: " a@acme.test " }, {}, "a@acme.test", null],
    ["several: the first", { mail: ["a@acme.test", "b@acme.test"] }, {}, "a@acme.test", null],
    ["several: one of ours", { mail: ["a@home.test", "b@acme.example"] }, {}, "b@acme.example", null],
    ["a foreign domain", { mail: "a@home.test" }, {}, null, /home\.test.*not in a domain/],
    ["not ASCII", { mail: "bjørn@acme.test" }, {}, null, /not a valid e-mail address/],
    ["two in one", { mail: "a@acme.test; b@acme.test" }, {}, null, /not a valid/],
    ["Latin-1 bytes", { mail: Buffer.from("bj\u00f8rn@acme.test", "latin1") }, {}, null, /“ø”/],
    [
      "primary",
      { proxyAddresses: ["smtp:x@acme.test", "SMTP:a@acme.test", "SIP:y@acme.test"] },
      ad,
      "a@acme.test",
      null,
    ],
    [
      "mail before primary",
      { mail: "m@acme.test", proxyAddresses: "SMTP:a@acme.test" },
      ad,
      "m@acme.test",
      null,
    ],
    [
      "primary where mail is foreign",
      { mail: "m@home.test", proxyAddresses: "SMTP:a@acme.test" },
      ad,
      "a@acme.test",
      null,
    ],
    ["aliases only", { proxyAddresses: "smtp:x@acme.test" }, ad, null, null],
    ["no proxies elsewhere", { proxyAddresses: "SMTP:a@acme.test" }, {}, null, null],
    [
      "own mapping",
      { mail: "m@acme.test", work: "w@acme.test" },
      custom({ email: "work" }),
      "w@acme.test",
      null,
    ],
    ["own mapping without one", { mail: "m@acme.test" }, custom({ title: "title" }), "m@acme.test", null],
  ])("%s", (_, values, told, email, problem) => {
    const person = judge(values, told);
    expect(person.email).toBe(email);
    if (problem) expect(person.emailProblem).toMatch(problem);
    else expect(person.emailProblem).toBeNull();
  });
});

describe("values", () => {
  test.each<[string, EntryValues, Told, object, number]>([
    [
      "line breaks",
      { postalAddress: "1 Main St.$Anytown, CA$\\24 5" },
      {},
      { street_address: "1 Main St., Anytown, CA, $ 5" },
      0,
    ],
    [
      "line breaks of Windows",
      { streetAddress: "Tower A\r\nFloor 2" },
      ad,
      { street_address: "Tower A Floor 2" },
      0,
    ],
    ["Latin-1 bytes", { sn: Buffer.from("Müller", "latin1") }, {}, { last_name: "Müller" }, 0],
    [
      "blank: the next attribute",
      { physicalDeliveryOfficeName: " ", l: "Berlin" },
      {},
      { location: "Berlin" },
      0,
    ],
    ["number before id", { employeeNumber: "7", employeeID: "8" }, ad, { alternate_id: "8" }, 0],
    ["country by name", { co: "Germany", c: "DE" }, ad, { country: "Germany" }, 0],
    ["a control character", { title: "a\u0001b" }, {}, { title: undefined }, 1],
    ["turned around", { title: "a\u202eb" }, {}, { title: undefined }, 1],
    ["over-long", { employeeNumber: "9".repeat(65) }, {}, { alternate_id: undefined }, 1],
    [
      "a photograph",
      { jpegPhoto: Buffer.from("ffd8ffe000104a46", "hex") },
      custom({ title: "jpegPhoto" }),
      { title: undefined },
      1,
    ],
    [
      "a language",
      { preferredLanguage: "de-AT, en;q=0.5" },
      custom({ language: "preferredLanguage" }),
      { language: "de" },
      0,
    ],
    [
      "a language of no mails",
      { preferredLanguage: "fr" },
      custom({ language: "preferredLanguage" }),
      { language: undefined },
      1,
    ],
    [
      "not mapped: kept",
      { sn: "Lovelace", title: "Countess" },
      custom({ title: "title", city: null }),
      { title: "Countess", last_name: undefined, city: undefined },
      0,
    ],
    ["emptied there", {}, custom({ title: "title" }), { title: null }, 0],
  ])("%s", (_, values, told, fields, problems) => {
    const person = judge(values, told);
    for (const [field, value] of Object.entries(fields))
      expect(person.fields[field as ProfileField]).toBe(value);
    expect(person.problems).toHaveLength(problems);
  });
});

describe("disabled", () => {
  const filetime = (iso: string) => String((BigInt(Date.parse(iso)) + 11_644_473_600_000n) * 10_000n);
  const leaver: Told = { users: { disabledBy: { attribute: "employeeType", value: "Leaver" } } };
  test.each<[string, EntryValues, Told, string | null]>([
    ["enabled", { userAccountControl: "512" }, ad, null],
    ["bit 2", { userAccountControl: "514" }, ad, "account"],
    ["bit 2 among others", { userAccountControl: "66050" }, ad, "account"],
    ["bit 2 of a negative number", { userAccountControl: "-2147483646" }, ad, "account"],
    ["locked out is not that", { userAccountControl: "528", lockoutTime: "1" }, ad, null],
    ["an expired password is not that", { userAccountControl: "8389120" }, ad, null],
    ["no number", { userAccountControl: "disabled" }, ad, null],
    ["expires: 0", { accountExpires: "0" }, ad, null],
    ["expires: never", { accountExpires: "9223372036854775807" }, ad, null],
    ["expires: absent", {}, ad, null],
    ["expired", { accountExpires: filetime("2026-05-31T23:59:59Z") }, ad, "expired"],
    ["expires later", { accountExpires: filetime("2026-06-01T00:00:01Z") }, ad, "expired later"],
    ["nsAccountLock", { nsAccountLock: "TRUE" }, { kind: "389ds" }, "account"],
    ["nsAccountLock false", { nsAccountLock: "false" }, { kind: "389ds" }, null],
    ["nsAccountLock elsewhere", { nsAccountLock: "true" }, {}, "account"],
    ["locked for good", { pwdAccountLockedTime: "000001010000Z" }, {}, "account"],
    ["locked for a while is not that", { pwdAccountLockedTime: "20260531235959Z" }, {}, null],
    ["shadowExpire is not that", { shadowExpire: "1" }, {}, null],
    ["an attribute of choice", { employeeType: ["Staff", "LEAVER"] }, leaver, "attribute"],
    ["another value of it", { employeeType: "Leavers" }, leaver, null],
    ["besides it", { employeeType: "Staff", userAccountControl: "514" }, { ...ad, ...leaver }, "account"],
  ])("%s", (_, values, told, disabled) => {
    expect(judge(values, told).disabled).toBe(disabled === "expired later" ? null : disabled);
  });
});

test("a name that is written as none is taken as it is, and told of", () => {
  const person = judge({ mail: "a@acme.test" }, { dn: "Ada without type,dc=acme" });
  expect(person).toMatchObject({ email: "a@acme.test", dnKey: "ada without type,dc=acme" });
  expect(person.problems).toEqual([expect.stringContaining("no distinguished name")]);
});

test("only what is judged is asked for", () => {
  const users = { ...firstSettings.users, ...custom({ title: "title" }).users };
  const disabledBy = { attribute: "employeeType", value: "x" };
  expect(
    askedAttributes({ ...users, disabledBy }, { kind: "active_directory", idAttribute: "objectGUID" }),
  ).toEqual([
    "objectGUID",
    "mail",
    "proxyAddresses",
    "title",
    "userAccountControl",
    "accountExpires",
    "employeeType",
  ]);
});
