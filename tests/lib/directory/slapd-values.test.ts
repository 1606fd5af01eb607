import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { sampleDirectory, sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { firstSettings } from "#lib/directory/settings.ts";
import type { AdminValues } from "#tests/support/ldap/directory-admin.ts";
import { missingOfSlapd, type RunningSlapd, startSlapd } from "#tests/support/ldap/slapd.ts";
import { readerPassword } from "#tests/support/ldap/start-directory.ts";
import { testsOf } from "#tests/support/ldap/tests-of.ts";
import { openSyncWith, type ServedSync, servedBy } from "./sync-run.ts";

const everybody = 40;
const berlin = `ou=Berlin,ou=Staff,${sampleSuffix}`;

const { found, test } = testsOf("OpenLDAP, with odd values,", missingOfSlapd());
let slapd: RunningSlapd;
let sync: ServedSync;
let added: string[];

beforeAll(async () => {
  if (found) slapd = await startSlapd(sampleDirectory({ people: everybody, password: readerPassword }));
});
beforeEach(async () => {
  added = [];
  if (!found) return;
  const reader = { baseDn: sampleSuffix, bindDn: sampleReader, password: readerPassword };
  sync = await openSyncWith(servedBy(slapd, reader));
});
afterEach(async () => {
  for (const dn of added.reverse()) await slapd.admin.remove(dn);
  await sync?.close();
});
afterAll(() => slapd?.stop());

const add = async (dn: string, values: AdminValues) => {
  await slapd.admin.add(dn, values);
  added.push(dn);
};
const addPerson = (name: string, values: AdminValues = {}) =>
  add(`${name},${berlin}`, { objectClass: ["inetOrgPerson", "extensibleObject"], sn: "Odd", ...values });

test("what is written in a language stands for what is not written without one", async () => {
  await addPerson("cn=both", { title: "Head", "title;lang-de": "Leiter" });
  await addPerson("cn=one", { "title;lang-de": "Leiterin" });
  await sync.sync();
  expect((await sync.personAt(`cn=both,${berlin}`))?.title).toBe("Head");
  expect((await sync.personAt(`cn=one,${berlin}`))?.title).toBe("Leiterin");
});

test("an attribute that was chosen by its other name comes under its first, and is found", async () => {
  await addPerson("cn=known", { mail: "known@acme.test", givenName: "Kim", l: "Oslo" });
  const attributes = { last_name: "surname", first_name: "GN", city: "localityName", email: "rfc822Mailbox" };
  await sync.settings("users", { users: { ...firstSettings.users, mapping: "custom", attributes } });
  await sync.sync();
  expect(await sync.personAt(`cn=known,${berlin}`)).toMatchObject({
    last_name: "Odd",
    first_name: "Kim",
    city: "Oslo",
    email: "known@acme.test",
  });
});

test("a zero byte or a line break in a name or a value costs nobody else the sync", async () => {
  await addPerson("cn=zero\\00x", { title: "Head" });
  await addPerson("cn=odd title", { title: "He\0ad", mail: "odd@acme.test" });
  await add(`ou=zero\\00unit,${berlin}`, { objectClass: ["organizationalUnit"] });
  await add(`ou=two\\0Alines,${berlin}`, { objectClass: ["organizationalUnit"] });
  await add(`cn=in it,ou=zero\\00unit,${berlin}`, { objectClass: ["inetOrgPerson"], sn: "In" });
  const run = await sync.sync();
  expect(await sync.run(run)).toMatchObject({ state: "completed", created: everybody + 3 });
  expect((await sync.personAt(`cn=zero\\00x,${berlin}`))?.title).toBe("Head");
  expect((await sync.personAt(`cn=odd title,${berlin}`))?.title).toBeNull();
  const names = Object.keys(await sync.groups());
  expect(names).toEqual(expect.arrayContaining(["Staff / Berlin / two lines", "Staff / Berlin / zero unit"]));
});
