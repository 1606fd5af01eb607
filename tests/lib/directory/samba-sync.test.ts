import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { findLists } from "#lib/directory/find-lists.ts";
import { entryId } from "#lib/directory/ldap/entry-id.ts";
import { loopback } from "#tests/support/ldap/connection-to.ts";
import { openLine } from "#tests/support/ldap/open-line.ts";
import {
  accountOf,
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
import { openSyncWith, type ServedSync, servedBy } from "./sync-run.ts";

const staff = `OU=Staff,${sambaSuffix}`;
const names = Array.from({ length: 40 }, (_, nth) => `p${String(nth).padStart(2, "0")}`);
/** The last one is disabled from the beginning. */
const disabled = names.length - 1;
/** Besides them the account that reads is a person. */
const everybody = names.length;
/** Each test changes people of its own. */
const at = (nth: number) => `CN=${names[nth]},OU=${nth % 2 ? "Sales" : "Berlin"},${staff}`;
const list = (cn: string) => `CN=${cn},${staff}`;

const { found, test } = testsOf("Samba, synced whole,", missingOfSamba());
let samba: RunningSamba;
let sync: ServedSync;

const baseDn = sambaSuffix;
const asReader = () => servedBy(samba, { baseDn, bindDn: sambaReader, password: sambaReaderPassword });
/** Who deleted accounts are shown to. */
const asAdmin = () => servedBy(samba, { baseDn, bindDn: sambaAdmin, password: sambaAdminPassword });

beforeAll(async () => {
  if (!found) return;
  samba = await startSamba();
  for (const dn of [staff, `OU=Berlin,${staff}`, `OU=Sales,${staff}`])
    await samba.admin.add(dn, { objectClass: ["organizationalUnit"] });
  for (const [nth, name] of names.entries())
    await samba.admin.add(
      at(nth),
      accountOf(name, {
        givenName: name,
        sn: "Test",
        mail: `${name}@acme.test`,
        ...(nth === disabled ? { userAccountControl: "546" } : {}),
      }),
    );
});
beforeEach(async () => {
  if (found) sync = await openSyncWith(asReader());
});
afterEach(() => sync?.close());
afterAll(() => samba?.stop());

const become = async (who: ReturnType<typeof asAdmin>) => {
  await sync.close();
  sync = await openSyncWith(who);
};
const chooseLists = async (...wanted: string[]) => {
  const chosen = [];
  for (const name of wanted) {
    const answer = await sync.as("app", () => findLists(sync.actor, loopback, name));
    if (!answer.ok) throw new Error(answer.sentence);
    chosen.push(...answer.found.lists.filter((one) => one.name === name));
  }
  await sync.settings("distribution-lists", {
    lists: { take: true, chosen: chosen.map(({ id, dn, name }) => ({ id, dn, name })) },
  });
};

test("a line that is not encrypted stands no test, in words that say why, and no sync begins", async () => {
  const saved = await sync.connect({ security: "none", port: samba.port, ca: null });
  expect(saved).toMatchObject({
    ok: true,
    tried: { ok: false, step: "bind", sentence: expect.stringMatching(/demands an encrypted connection/) },
  });
  expect(await sync.request()).toMatchObject({ ok: false, reason: "not_connected" });
});

test("the first sync brings people by their objectGUID, and none who is disabled; the second finds nothing to do", async () => {
  const run = await sync.sync();
  expect(await sync.run(run)).toMatchObject({
    state: "completed",
    span: "full",
    rows_read: everybody + 1,
    created: everybody,
    skipped: 1,
    failed: 0,
  });
  expect((await sync.said(run))[names[disabled] as string]).toBe(
    "skipped: Disabled in the directory. Not brought in.",
  );
  const line = await openLine(samba, { bindDn: sambaReader, password: sambaReaderPassword });
  const entry = await line.entry(at(1), ["objectGUID"]);
  line.close();
  const person = await sync.personAt(at(1));
  expect(person).toMatchObject({
    external_id: entry && entryId(entry, "objectGUID"),
    email: "p01@acme.test",
    first_name: "p01",
    organizational_unit: "Staff / Sales",
  });
  expect(await sync.run(await sync.sync())).toMatchObject({ unchanged: everybody + 1, last_position: 0 });
});

test("lists: nested ones, one that is everybody's primary group, and members who come and go", async () => {
  const group = (member: string[]) => ({ objectClass: ["group"], member });
  await samba.admin.add(list("inner"), group([at(0), at(1)]));
  await samba.admin.add(list("outer"), group([list("inner"), at(1), at(2)]));
  await samba.admin.addTo(list("inner"), { member: list("outer") });
  await chooseLists("inner", "outer", "Domain Users");
  const run = await sync.sync();
  expect(await sync.groups()).toMatchObject({ inner: 3, outer: 3, "Domain Users": everybody });
  expect((await sync.run(run)).options.circles).toEqual([["inner", "outer"]]);
  await samba.admin.addTo(list("inner"), { member: at(3) });
  const changes = await sync.syncChanges();
  expect(await sync.run(changes)).toMatchObject({ span: "incremental", updated: 0 });
  expect(await sync.groups()).toMatchObject({ inner: 4, outer: 4, "Domain Users": everybody });
});

test("what has changed since: a value, a name, a place, a disabled account, and one that is enabled again", async () => {
  await sync.sync();
  const [renamed, moved] = [await sync.personAt(at(11)), await sync.personAt(at(12))];
  await samba.admin.set(at(10), { title: "Chief" });
  const name = `CN=Doe\\, Jane,OU=Sales,${staff}`;
  await samba.admin.rename(at(11), name);
  const place = `CN=${names[12]},OU=Sales,${staff}`;
  await samba.admin.rename(at(12), place);
  await samba.admin.set(at(13), { userAccountControl: "546" });
  const changes = await sync.syncChanges();
  expect(await sync.run(changes)).toMatchObject({
    state: "completed",
    span: "incremental",
    rows_read: 4,
    updated: 2,
    unchanged: 1,
    deleted: 1,
    created: 0,
  });
  expect((await sync.personAt(at(10)))?.title).toBe("Chief");
  expect((await sync.personAt(name))?.id).toBe(renamed?.id);
  expect(await sync.personAt(place)).toMatchObject({ id: moved?.id, organizational_unit: "Staff / Sales" });
  expect((await sync.personAt(at(13)))?.status).toBe("suspended");
  await samba.admin.set(at(13), { userAccountControl: "544" });
  expect(await sync.run(await sync.syncChanges())).toMatchObject({ span: "incremental", activated: 1 });
  expect((await sync.personAt(at(13)))?.status).toBe("not_invited");
});

test("who was deleted is found by whoever is shown it, and is not missed again", async () => {
  await become(asAdmin());
  await sync.sync();
  await samba.admin.remove(at(20));
  const changes = await sync.syncChanges();
  expect(await sync.run(changes)).toMatchObject({ span: "incremental", deleted: 1, failed: 0 });
  expect((await sync.said(changes)).p20).toMatch(
    /^deleted: Is no longer in the directory\. Restorable until/,
  );
  expect((await sync.personAt(at(20)))?.status).toBe("suspended");
  expect(await sync.run(await sync.syncChanges())).toMatchObject({ span: "incremental", rows_read: 0 });
  expect(await sync.run(await sync.sync())).toMatchObject({ span: "full", deleted: 0, removals: "none" });
});

test("whoever is not shown what was deleted changes nobody: the next complete sync finds who is gone", async () => {
  await sync.sync();
  await samba.admin.remove(at(21));
  expect(await sync.run(await sync.syncChanges())).toMatchObject({
    state: "completed",
    span: "incremental",
    deleted: 0,
    waiting: 0,
  });
  expect((await sync.personAt(at(21)))?.status).toBe("not_invited");
  expect(await sync.run(await sync.sync())).toMatchObject({ span: "full", deleted: 1 });
});

test("more deleted accounts than a sync may remove wait, also in the run after that", async () => {
  await become(asAdmin());
  await sync.sync();
  for (let nth = 22; nth < 32; nth += 1) await samba.admin.remove(at(nth));
  const waiting = { state: "completed", removals: "waiting", waiting: 10, deleted: 0 };
  expect(await sync.run(await sync.syncChanges())).toMatchObject({ span: "incremental", ...waiting });
  expect(await sync.run(await sync.syncChanges())).toMatchObject({ span: "full", ...waiting });
});

test("another controller, one restored from a backup, or one whose counter was set back, is read whole", async () => {
  await sync.sync();
  const [row] = await sync.sql`select position->>'server' as server from directories`;
  expect(row?.server).toMatch(/^dc1\.ad\.acme\.test CN=NTDS Settings,.* [0-9a-f]{32}$/);
  for (const other of [
    `jsonb_set(position, '{after}', to_jsonb((position->>'after')::bigint + 1000 || ''))`,
    `jsonb_set(position, '{server}', to_jsonb(replace(position->>'server', 'dc1.', 'dc2.')))`,
    `jsonb_set(position, '{server}', to_jsonb(left(position->>'server', -32) || repeat('0', 32)))`,
  ]) {
    await sync.sql.unsafe(`update directories set position = ${other}`);
    expect((await sync.run(await sync.syncChanges())).span).toBe("full");
  }
  expect((await sync.run(await sync.syncChanges())).span).toBe("incremental");
});
