import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { sampleDirectory, sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { findLists } from "#lib/directory/find-lists.ts";
import { loopback } from "#tests/support/ldap/connection-to.ts";
import {
  missingOfSlapd,
  narrowLimit,
  narrowReader,
  type RunningSlapd,
  startSlapd,
} from "#tests/support/ldap/slapd.ts";
import { readerPassword } from "#tests/support/ldap/start-directory.ts";
import { testsOf } from "#tests/support/ldap/tests-of.ts";
import { openSyncWith, type ServedSync, servedBy } from "./sync-run.ts";

const everybody = 40;
const tree = sampleDirectory({ people: everybody, password: readerPassword });
const dns = [...tree.entries.values()].map(({ dn }) => dn).filter((dn) => dn.startsWith("uid="));
/** Each test changes people of its own. */
const at = (nth: number) => dns[nth] as string;
const mailAt = (nth: number) => String(tree.find(at(nth))?.attributes.get("mail")?.values[0]);
const lists = `ou=Lists,${sampleSuffix}`;
const berlin = `ou=Berlin,ou=Staff,${sampleSuffix}`;

const { found, test } = testsOf("OpenLDAP, synced whole,", missingOfSlapd());
let slapd: RunningSlapd;
let stopped = false;
let sync: ServedSync;

const servedTo = (bindDn: string) =>
  servedBy(slapd, { baseDn: sampleSuffix, bindDn, password: readerPassword });

beforeAll(async () => {
  if (!found) return;
  slapd = await startSlapd(tree);
  await slapd.admin.add(narrowReader, {
    objectClass: ["organizationalRole", "simpleSecurityObject"],
    cn: "narrow",
    userPassword: readerPassword,
  });
});
beforeEach(async () => {
  if (found) sync = await openSyncWith(servedTo(sampleReader));
});
afterEach(() => sync?.close());
afterAll(() => (stopped ? undefined : slapd?.stop()));

const addPerson = (uid: string) =>
  slapd.admin.add(`uid=${uid},${berlin}`, {
    objectClass: ["inetOrgPerson", "extensibleObject"],
    cn: uid,
    sn: uid,
    mail: `${uid}@acme.test`,
  });
const chooseLists = async (...names: string[]) => {
  const chosen = [];
  for (const name of names) {
    const answer = await sync.as("app", () => findLists(sync.actor, loopback, name));
    if (!answer.ok) throw new Error(answer.sentence);
    chosen.push(...answer.found.lists.map(({ id, dn, name }) => ({ id, dn, name })));
  }
  await sync.settings("distribution-lists", { lists: { take: true, chosen } });
};

test("the first sync brings everybody with their units, and the second finds nothing to do", async () => {
  const first = await sync.run(await sync.sync());
  expect(first).toMatchObject({ state: "completed", span: "full", rows_read: everybody, failed: 0 });
  expect(await sync.statuses()).toEqual({ not_invited: everybody });
  expect(await sync.personAt(at(1))).toMatchObject({
    email: mailAt(1),
    organizational_unit: "Staff / Berlin / Engineering",
    city: "Berlin",
  });
  expect(await sync.groups()).toMatchObject({ "Staff / Berlin / Engineering": 2 });
  const second = await sync.sync();
  expect(await sync.run(second)).toMatchObject({ unchanged: everybody, last_position: 0 });
  expect(await sync.said(second)).toEqual({});
});

test("disabled, deleted, moved, renamed, another address and two who exchange theirs, in one run", async () => {
  await addPerson("leaver");
  await sync.sync();
  const [moved, renamed] = [await sync.personAt(at(13)), await sync.personAt(at(14))];
  await slapd.admin.set(at(12), { nsAccountLock: "TRUE" });
  await slapd.admin.remove(`uid=leaver,${berlin}`);
  const place = `uid=p0014,ou=Sales,${berlin}`;
  await slapd.admin.rename(at(13), place);
  const name = at(14).replace("uid=p0015", "uid=Lučić\\, \\#15");
  await slapd.admin.rename(at(14), name);
  await slapd.admin.set(at(15), { mail: "another@acme.test" });
  await slapd.admin.set(at(16), { mail: mailAt(17) });
  await slapd.admin.set(at(17), { mail: mailAt(16) });
  const run = await sync.sync();
  expect(await sync.run(run)).toMatchObject({
    state: "completed",
    deleted: 2,
    updated: 4,
    created: 0,
    failed: 0,
  });
  expect(await sync.said(run)).toMatchObject({
    leaver: expect.stringMatching(/^deleted: Is no longer in the directory/),
    [String(mailAt(12).split("@")[0])]: expect.stringMatching(/^deleted: Disabled in the directory/),
  });
  expect(await sync.personAt(at(12))).toMatchObject({ status: "suspended" });
  expect(await sync.personAt(place)).toMatchObject({
    id: moved?.id,
    organizational_unit: "Staff / Berlin / Sales",
  });
  expect(await sync.personAt(name)).toMatchObject({ id: renamed?.id, email: mailAt(14) });
  expect((await sync.personAt(at(15)))?.email).toBe("another@acme.test");
  expect([(await sync.personAt(at(16)))?.email, (await sync.personAt(at(17)))?.email]).toEqual([
    mailAt(17),
    mailAt(16),
  ]);
});

test("lists in lists, two that hold each other, and how their members are written", async () => {
  const odd = ["Doe\\, Jane", "O\\+B\\=C"].map((name) => `cn=${name},${berlin}`);
  for (const dn of odd) await slapd.admin.add(dn, { objectClass: ["inetOrgPerson"], sn: "Odd" });
  const shouted = at(20).toUpperCase().replaceAll(",", " , ");
  await slapd.admin.add(`cn=odd names,${lists}`, {
    objectClass: ["groupOfNames"],
    member: [...odd, shouted],
  });
  await slapd.admin.add(`cn=odd uniques,${lists}`, {
    objectClass: ["groupOfUniqueNames"],
    uniqueMember: [`${at(20)}#'0101'B`, odd[0] as string],
  });
  await chooseLists("all-berlin", "all-staff", "circle-a", "odd ");
  const run = await sync.sync();
  const groups = await sync.groups();
  expect(groups).toMatchObject({ "circle-a": 6, "odd names": 3, "odd uniques": 2 });
  expect(groups["all-staff"]).toBeGreaterThan(groups["all-berlin"] as number);
  expect((await sync.run(run)).options.circles).toEqual([["circle-a", "circle-b"]]);
  await slapd.admin.addTo(`cn=all-amsterdam,${lists}`, { member: odd[0] as string });
  expect((await sync.run(await sync.syncChanges())).span).toBe("incremental");
  expect((await sync.groups())["all-staff"]).toBe((groups["all-staff"] as number) + 1);
});

test("a run that reads only what changed: a change comes, who was deleted is found gone by the next full one", async () => {
  await addPerson("early");
  await sync.sync();
  await slapd.admin.set(at(21), { title: "Chief" });
  await slapd.admin.remove(`uid=early,${berlin}`);
  const changes = await sync.syncChanges();
  expect(await sync.run(changes)).toMatchObject({
    state: "completed",
    span: "incremental",
    updated: 1,
    deleted: 0,
    waiting: 0,
  });
  expect(await sync.personAt(at(21))).toMatchObject({ title: "Chief" });
  expect(await sync.personAt(`uid=early,${berlin}`)).toMatchObject({ status: "not_invited" });
  expect(await sync.run(await sync.sync())).toMatchObject({ span: "full", deleted: 1, updated: 0 });
  expect(await sync.personAt(`uid=early,${berlin}`)).toMatchObject({ status: "suspended" });
});

test("a unit that was renamed is read whole: of its people the server tells no change", async () => {
  await sync.sync();
  const before = await sync.groups();
  const [old, renamed] = [`ou=Delhi,ou=Staff,${sampleSuffix}`, `ou=New Delhi,ou=Staff,${sampleSuffix}`];
  await slapd.admin.rename(old, renamed);
  const run = await sync.syncChanges();
  expect(await sync.run(run)).toMatchObject({ state: "completed", span: "full", updated: 10, deleted: 0 });
  const after = await sync.groups();
  expect(after["Staff / New Delhi / Engineering"]).toBe(before["Staff / Delhi / Engineering"]);
  expect(await sync.personAt(at(3).replace(old, renamed))).toMatchObject({
    organizational_unit: "Staff / New Delhi / Engineering",
  });
  expect((await sync.run(await sync.syncChanges())).span).toBe("incremental");
  await slapd.admin.rename(renamed, old);
});

test("an account that may read only so much: the run fails with what to do, and nobody is changed", async () => {
  await sync.close();
  sync = await openSyncWith(servedTo(narrowReader));
  await sync.sync();
  const before = await sync.statuses();
  for (let nth = 0; nth <= narrowLimit - everybody; nth += 1) await addPerson(`more${nth}`);
  await slapd.admin.set(at(30), { title: "Chief" });
  expect(await sync.run(await sync.sync())).toMatchObject({
    state: "failed",
    failure: expect.stringMatching(/size limit.*limits dn\.exact="…" size=unlimited/),
    updated: 0,
    deleted: 0,
    waiting: 0,
  });
  expect(await sync.statuses()).toEqual(before);
});

test("a server that is gone: the run fails, nobody is suspended, and no hold begins", async () => {
  await sync.sync();
  const before = await sync.statuses();
  await sync.sql`update directories set held_since = null`;
  await slapd.stop();
  stopped = true;
  expect(await sync.run(await sync.sync())).toMatchObject({
    state: "failed",
    failure: expect.stringMatching(/cannot be reached/),
    deleted: 0,
    waiting: 0,
  });
  expect(await sync.statuses()).toEqual(before);
  expect(await sync.sql`select held_since from directories`).toEqual([{ held_since: null }]);
});
