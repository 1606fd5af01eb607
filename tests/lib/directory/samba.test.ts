import { Control } from "ldapts";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { failureSentence } from "#lib/directory/connection/failure-sentence.ts";
import { dnKey } from "#lib/directory/dn-key.ts";
import { allValues } from "#lib/directory/ldap/all-values.ts";
import type { DirectoryConnection } from "#lib/directory/ldap/connection.ts";
import { entryId, idFilter } from "#lib/directory/ldap/entry-id.ts";
import { DirectoryFailure } from "#lib/directory/ldap/failure.ts";
import { probeServer } from "#lib/directory/ldap/probe-server.ts";
import { askedAttributes } from "#lib/directory/person/asked-attributes.ts";
import { judgeEntry } from "#lib/directory/person/judge-entry.ts";
import { firstSettings } from "#lib/directory/settings.ts";
import { peopleFilter } from "#lib/directory/sync/person-search.ts";
import { ListReader, readLists } from "#lib/directory/sync/read-lists.ts";
import { failureOf } from "#tests/support/ldap/failure-of.ts";
import { openLine, readAll } from "#tests/support/ldap/open-line.ts";
import {
  accountOf,
  addAccounts,
  missingOfSamba,
  type RunningSamba,
  sambaAdmin,
  sambaAdminPassword,
  sambaReader,
  sambaReaderPassword,
  sambaSuffix,
  startSamba,
} from "#tests/support/ldap/samba.ts";
import { testsOf } from "#tests/support/ldap/tests-of.ts";

const staff = `OU=Staff,${sambaSuffix}`;
const reader = { bindDn: sambaReader, password: sambaReaderPassword };
const names = Array.from({ length: 45 }, (_, nth) => `p${String(nth).padStart(2, "0")}`);
const person = (name: string) => `CN=${name},${staff}`;
const lines: DirectoryConnection[] = [];

const { found, test } = testsOf("Samba", missingOfSamba());
let samba: RunningSamba;

beforeAll(async () => {
  if (!found) return;
  samba = await startSamba();
  await samba.admin.add(staff, { objectClass: ["organizationalUnit"], ou: "Staff" });
  await addAccounts(samba.admin, staff, names);
});
afterEach(() => {
  for (const line of lines.splice(0)) line.close();
});
afterAll(() => samba?.stop());

const open = async (told: Partial<Parameters<typeof openLine>[1]> = {}) => {
  const line = await openLine(samba, { ...reader, ...told });
  lines.push(line);
  return line;
};
const asked = { kind: "active_directory", idAttribute: "objectGUID" } as const;
const { users } = firstSettings;
const judged = async (dn: string) => {
  const entry = await (await open()).entry(dn, askedAttributes(users, asked));
  const judging = { ...asked, users, domains: new Set(["acme.test"]), now: new Date() };
  const found = entry && judgeEntry(entry, judging);
  if (!found) throw new Error(`${dn} is nobody`);
  return found;
};
const idOf = async (dn: string) => (await judged(dn)).externalId;

test("it is known by its root entry", async () => {
  expect(await probeServer(await open())).toMatchObject({
    kind: "active_directory",
    idAttribute: "objectGUID",
    serverName: "dc1.ad.acme.test",
    namingContexts: expect.arrayContaining([sambaSuffix]),
  });
});

test("a line that is not encrypted is refused, in words that say so", async () => {
  const failure = await open({ security: "none" }).catch((error: unknown) => error);
  if (!(failure instanceof DirectoryFailure)) throw failure;
  expect(failure.reason).toBe("strong_authentication_required");
  expect(failureSentence(failure)).toMatch(/demands an encrypted connection/);
});

for (const security of ["ldaps", "starttls"] as const)
  test(`people are read page by page, without computers and its own accounts: ${security}`, async () => {
    const line = await open({ security, pageSize: 10 });
    const search = { baseDn: sambaSuffix, filter: peopleFilter(asked.kind, ""), attributes: ["mail"] };
    const { entries, pages } = await readAll(line, search);
    const found = entries.map(({ dn }) => dnKey(dn)).sort();
    expect(found).toEqual([...names.map(person), sambaReader].map(dnKey).sort());
    expect(pages).toBeGreaterThanOrEqual(5);
  });

test("a wrong password and an unknown authority are refused", async () => {
  expect(await failureOf(open({ password: "wrong" }))).toBe("wrong_credentials");
  expect(await failureOf(open({ ca: null }))).toBe("untrusted_certificate");
});

test("an entry keeps its id when it is renamed and moved, and is found by it among others", async () => {
  await samba.admin.add(`OU=Berlin,${staff}`, { objectClass: ["organizationalUnit"], ou: "Berlin" });
  await samba.admin.add(person("Doe\\, Jane"), accountOf("jane", { mail: "jane@acme.test" }));
  const id = await idOf(person("Doe\\, Jane"));
  const moved = `CN=Roe\\, Jane,OU=Berlin,${staff}`;
  await samba.admin.rename(person("Doe\\, Jane"), moved);
  const filter = idFilter("objectGUID", [await idOf(person("p01")), id]);
  const { entries } = await readAll(await open(), {
    baseDn: sambaSuffix,
    filter,
    attributes: ["objectGUID"],
  });
  expect(entries.map((entry) => [dnKey(entry.dn), entryId(entry, "objectGUID")])).toContainEqual([
    dnKey(moved),
    id,
  ]);
  expect(entries).toHaveLength(2);
  // The controller reads the text of an id as it writes it: other tools show the same one.
  expect(dnKey((await (await open()).entry(`<GUID=${id}>`, ["cn"]))?.dn ?? "")).toBe(dnKey(moved));
  await samba.admin.remove(moved);
});

test("an account is judged by what the controller makes of it: disabled, expired, its primary address", async () => {
  expect(await judged(person("p02"))).toMatchObject({ email: "p02@acme.test", disabled: null });
  await samba.admin.set(person("p02"), { userAccountControl: "546" });
  await samba.admin.set(person("p03"), { accountExpires: "132223104000000000" });
  await samba.admin.set(person("p04"), {
    mail: [],
    proxyAddresses: ["smtp:old@acme.test", "SMTP:new@acme.test"],
  });
  await samba.admin.set(person("p05"), {
    accountExpires: "9223372036854775807",
    streetAddress: "Tower A\r\nFloor 2",
    co: "Germany",
  });
  expect((await judged(person("p02"))).disabled).toBe("account");
  expect((await judged(person("p03"))).disabled).toBe("expired");
  expect((await judged(person("p04"))).email).toBe("new@acme.test");
  expect(await judged(person("p05"))).toMatchObject({
    disabled: null,
    fields: { street_address: "Tower A Floor 2", country: "Germany" },
  });
});

test("members are read range by range, through lists that hold each other, with those whose primary group it is", async () => {
  const list = (cn: string) => `CN=${cn},${staff}`;
  const group = (members: string[]) => ({
    objectClass: ["group"],
    ...(members.length ? { member: members } : {}),
  });
  await samba.admin.add(list("inner"), group(names.slice(0, 3).map(person)));
  await samba.admin.add(list("outer"), group([list("inner"), ...names.slice(2, 40).map(person)]));
  await samba.admin.addTo(list("inner"), { member: list("outer") });
  const line = await open();
  const part = await line.entry(list("outer"), ["member;range=0-9"]);
  expect(part?.range("member")).toMatchObject({ from: 0, isLast: false, values: { length: 10 } });
  expect(new Set(part && (await allValues(line, part, "member"))).size).toBe(39);
  const token = (await line.entry(list("inner"), ["primaryGroupToken"]))?.text("primaryGroupToken");
  await samba.admin.addTo(list("inner"), { member: person("p44") });
  await samba.admin.set(person("p44"), { primaryGroupID: String(token) });
  const asking = { connection: line, server: await probeServer(line), baseDn: sambaSuffix };
  const lists = await readLists(asking);
  const members = await new ListReader(asking, lists).membersOf(
    lists.byKey.get(dnKey(list("outer"))) as never,
  );
  expect(members).toEqual([...names.slice(0, 40), "p44"].map((name) => dnKey(person(name))).sort());
});

test("a list of more members than Active Directory gives at once comes whole, part by part", async () => {
  const admin = await open({ bindDn: sambaAdmin, password: sambaAdminPassword });
  // What a new domain has plenty of.
  const plenty = { baseDn: `CN=Configuration,${sambaSuffix}`, attributes: ["1.1"] };
  const all = (await readAll(admin, plenty)).entries.map(({ dn }) => dn);
  const wide = `CN=wide,${staff}`;
  await samba.admin.add(wide, { objectClass: ["group"], member: all });
  const line = await open();
  const part = await line.entry(wide, ["member;range=0-1499"]);
  if (!part) throw new Error("there is no list");
  expect(part.range("member")).toMatchObject({ from: 0, isLast: false, values: { length: 1_500 } });
  expect(part.has("member")).toBe(false);
  const members = await allValues(line, part, "member");
  expect(new Set(members.map(dnKey))).toEqual(new Set(all.map(dnKey)));
});

test("what has been deleted is shown to whoever asks for it and may see it, under the id it had", async () => {
  const id = await idOf(person("p43"));
  await samba.admin.remove(person("p43"));
  const filter = "(&(isDeleted=TRUE)(objectClass=user))";
  const search = { baseDn: sambaSuffix, filter, attributes: ["objectGUID", "mail"] };
  const controls = [new Control("1.2.840.113556.1.4.417", { critical: true })];
  const admin = await open({ bindDn: sambaAdmin, password: sambaAdminPassword });
  const { entries } = await readAll(admin, { ...search, controls });
  expect(entries.map((entry) => entryId(entry, "objectGUID"))).toContain(id);
  expect(entries.map((entry) => entry.text("mail")).filter(Boolean)).toEqual([]);
  expect((await readAll(admin, search)).entries).toEqual([]);
});
