import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { sampleDirectory, sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { failureSentence } from "#lib/directory/connection/failure-sentence.ts";
import { dnKey } from "#lib/directory/dn-key.ts";
import type { DirectoryConnection } from "#lib/directory/ldap/connection.ts";
import { entryId, idFilter } from "#lib/directory/ldap/entry-id.ts";
import { DirectoryFailure } from "#lib/directory/ldap/failure.ts";
import { probeServer } from "#lib/directory/ldap/probe-server.ts";
import { askedAttributes } from "#lib/directory/person/asked-attributes.ts";
import { judgeEntry } from "#lib/directory/person/judge-entry.ts";
import { firstSettings } from "#lib/directory/settings.ts";
import { peopleFilter } from "#lib/directory/sync/person-search.ts";
import { failureOf } from "#tests/support/ldap/failure-of.ts";
import { openLine, readAll } from "#tests/support/ldap/open-line.ts";
import { limitedReader, missingOfSlapd, type RunningSlapd, startSlapd } from "#tests/support/ldap/slapd.ts";
import { readerPassword, startDirectory } from "#tests/support/ldap/start-directory.ts";
import { testsOf } from "#tests/support/ldap/tests-of.ts";

const people = 1_200;
const staff = `ou=Staff,${sampleSuffix}`;
const reader = { bindDn: sampleReader, password: readerPassword };
const everybody = { baseDn: sampleSuffix, filter: peopleFilter("openldap", ""), attributes: ["mail"] };
const lines: DirectoryConnection[] = [];

const { found, test } = testsOf("OpenLDAP", missingOfSlapd());
let slapd: RunningSlapd;

beforeAll(async () => {
  if (!found) return;
  slapd = await startSlapd(sampleDirectory({ people, password: readerPassword }));
  await slapd.admin.add(limitedReader, {
    objectClass: ["organizationalRole", "simpleSecurityObject"],
    cn: "limited",
    userPassword: readerPassword,
  });
});
afterEach(() => {
  for (const line of lines.splice(0)) line.close();
});
afterAll(() => slapd?.stop());

const open = async (told: Partial<Parameters<typeof openLine>[1]> = {}) => {
  const line = await openLine(slapd, { ...reader, ...told });
  lines.push(line);
  return line;
};

test("it is known by its root entry", async () => {
  expect(await probeServer(await open())).toMatchObject({
    kind: "openldap",
    idAttribute: "entryUUID",
    namingContexts: [sampleSuffix],
  });
});

for (const security of ["ldaps", "starttls", "none"] as const)
  test(`everybody is read page by page: ${security}`, async () => {
    const line = await open({ security, pageSize: 250 });
    const { entries, pages } = await readAll(line, everybody);
    expect(new Set(entries.map(({ dn }) => dnKey(dn))).size).toBe(people);
    expect(pages).toBe(people % 250 === 0 ? people / 250 + 1 : Math.ceil(people / 250));
  });

for (const security of ["ldaps", "starttls"] as const)
  test(`a certificate of an unknown authority is not trusted: ${security}`, async () => {
    expect(await failureOf(open({ security, ca: null }))).toBe("untrusted_certificate");
  });

test("a wrong password, and one that is no more than a name, are refused", async () => {
  expect(await failureOf(open({ password: "wrong" }))).toBe("wrong_credentials");
  expect(await failureOf(open({ password: "" }))).toBe("wrong_credentials");
});

test("an account that may read 500 entries fails, and is told how to lift it", async () => {
  const line = await open({ bindDn: limitedReader, pageSize: 100 });
  const failure = await readAll(line, everybody).catch((error: unknown) => error);
  if (!(failure instanceof DirectoryFailure)) throw failure;
  expect(failure.reason).toBe("size_limit");
  expect(failureSentence(failure)).toMatch(/size limit.*limits dn\.exact="…" size=unlimited/);
});

test("a base that is not there is told from one without people", async () => {
  const empty = { ...everybody, baseDn: `ou=Lists,${sampleSuffix}` };
  expect((await readAll(await open(), empty)).entries).toEqual([]);
  const nowhere = { ...everybody, baseDn: `ou=Nowhere,${sampleSuffix}` };
  expect(await failureOf(readAll(await open(), nowhere))).toBe("no_such_base");
  expect(await (await open()).entry(nowhere.baseDn, ["ou"])).toBeNull();
});

test("names that need escapes are one in dn and in member, however they are written", async () => {
  const names = ["Doe\\, Jane", "\\#1 A\\+B", 'Lučić \\"Q\\"', "back\\\\slash", "blank\\ ", "a\\3Db\\3B"];
  const dns = names.map((name) => `cn=${name},${staff}`);
  for (const dn of dns) await slapd.admin.add(dn, { objectClass: ["inetOrgPerson"], sn: "Odd" });
  const list = `cn=odd,ou=Lists,${sampleSuffix}`;
  await slapd.admin.add(list, { objectClass: ["groupOfNames"], member: dns });
  const line = await open();
  const { entries } = await readAll(line, { ...everybody, filter: "(sn=Odd)" });
  const members = (await line.entry(list, ["member"]))?.texts("member") ?? [];
  expect(members.map(dnKey).sort()).toEqual(entries.map(({ dn }) => dnKey(dn)).sort());
  expect(dns.map(dnKey).sort()).toEqual(members.map(dnKey).sort());
  for (const dn of [list, ...dns]) await slapd.admin.remove(dn);
});

test("an entry keeps its id when it is renamed and moved, and is found by it", async () => {
  const line = await open();
  const dn = `uid=mover,${staff}`;
  await slapd.admin.add(dn, { objectClass: ["inetOrgPerson"], cn: "M", sn: "Mover" });
  const entry = await line.entry(dn, ["entryUUID"]);
  const id = entry && entryId(entry, "entryUUID");
  if (!id) throw new Error("there is no id");
  await slapd.admin.rename(dn, `uid=moved,ou=Berlin,${staff}`);
  const found = await readAll(line, { ...everybody, filter: idFilter("entryUUID", [id]) });
  expect(found.entries.map((one) => dnKey(one.dn))).toEqual([dnKey(`uid=moved,ou=Berlin,${staff}`)]);
  await slapd.admin.remove(found.entries[0]?.dn ?? "");
});

test("the sample directory finds what OpenLDAP finds, and both are judged alike", async () => {
  const sample = await startDirectory({ people });
  const other = await openLine({ ...sample, tlsPort: 0, ca: "" }, { ...reader, security: "none" });
  const asked = { kind: "openldap", idAttribute: "entryUUID" } as const;
  const { users } = firstSettings;
  const judging = { ...asked, users, domains: new Set(["acme.test"]), now: new Date() };
  const attributes = askedAttributes(users, asked);
  const judged = async (line: DirectoryConnection, filter: string) => {
    const { entries } = await readAll(line, { baseDn: sampleSuffix, filter, attributes });
    return entries.map((entry) => judgeEntry(entry, judging)?.content).sort();
  };
  const line = await open();
  for (const inclusion of inclusions) {
    const filter = peopleFilter("openldap", inclusion);
    const found = await judged(line, filter);
    expect(found.length, filter).toBeGreaterThan(0);
    expect(await judged(other, filter), filter).toEqual(found);
  }
  other.close();
  await sample.stop();
});

const inclusions = [
  "",
  "(mail=*)",
  "(!(mail=*))",
  "(uid=P0007)",
  "(cn=*a*n*)",
  "(&(l=Berlin)(|(title=Manager)(title=Assistant)))",
  "(nsAccountLock=TRUE)",
  "(modifyTimestamp>=20260101000000Z)",
  "(!(modifyTimestamp>=20260101000001Z))",
  "(sn=García)",
  "(sn=Garc\\c3\\ada)",
  "(street=Friedrichstraße 43)",
];
