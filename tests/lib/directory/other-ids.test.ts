import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { forgetDirectoryIds } from "#lib/directory/forget-directory-ids.ts";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
beforeEach(async () => {
  sync = await openSync();
  await sync.sync();
});
afterEach(() => sync.close());

const everybody = () => sync.sql`
  select id, email, status from users where account_id = ${sync.acme.id} and source = 'directory' order by id`;
const groups = () => sync.sql`
  select g.id, g.name, count(m.user_id)::int as n from groups g left join group_members m on m.group_id = g.id
  where g.account_id = ${sync.acme.id} and g.source = 'synced' group by 1, 2 order by 1`;
const forget = () => sync.as("owner", () => forgetDirectoryIds(sync.acme.id));

/** As of a directory that was built anew from a list of what was in it. */
function rebuild(entries: Iterable<Entry>) {
  const stamp = new Date().toISOString().replace(/[-:T]|\.\d+/g, "");
  for (const entry of entries) {
    if (!entry.attributes.has("entryuuid")) continue;
    entry.attributes.set("entryuuid", {
      name: "entryUUID",
      values: [idOf(entry).replace(/^......../, "fedcba98")],
    });
    entry.attributes.set("modifytimestamp", { name: "modifyTimestamp", values: [stamp] });
  }
}

test.each([
  ["full", () => sync.sync()],
  ["incremental", () => sync.syncChanges()],
])("a directory whose people all have other ids changes nobody (%s)", async (_span, run) => {
  const before = await everybody();
  rebuild(sync.people());
  expect(await sync.run(await run())).toMatchObject({
    state: "failed",
    created: 0,
    failure: expect.stringMatching(
      /^40 people who are here are in the directory under other ids.*forget-directory-ids$/,
    ),
  });
  expect(await everybody()).toEqual(before);
});

test("once their ids are forgotten, people are found by their addresses and groups by their names", async () => {
  const before = [await everybody(), await groups()];
  rebuild(sync.directory.tree.entries.values());
  expect(await forget()).toMatchObject({ ok: true, people: 40, without: 0 });
  expect(await sync.run(await sync.sync())).toMatchObject({
    state: "completed",
    created: 0,
    updated: 40,
    deleted: 0,
  });
  expect([await everybody(), await groups()]).toEqual(before);
  expect(await sync.statuses()).toEqual({ not_invited: 40 });
  expect(await sync.run(await sync.sync())).toMatchObject({ same: 40, updated: 0, created: 0 });
});

test("forgetting the ids of a directory that kept them does no harm", async () => {
  const before = [await everybody(), await groups()];
  await forget();
  expect(await sync.run(await sync.sync())).toMatchObject({
    state: "completed",
    created: 0,
    updated: 40,
    deleted: 0,
  });
  expect([await everybody(), await groups()]).toEqual(before);
});

test("a few who were hired again are brought, and those they were before are suspended", async () => {
  rebuild(sync.people().slice(0, 2));
  const run = await sync.sync();
  expect(await sync.run(run)).toMatchObject({ state: "completed", created: 2, deleted: 2 });
});

test("people who share addresses with others that are still there are brought without one", async () => {
  for (const entry of sync.people().slice(0, 15))
    sync.directory.tree.put(entry.dn.replace("uid=", "uid=second-"), {
      ...Object.fromEntries(
        [...entry.attributes.values()].map(({ name, values }) => [name, values as string[]]),
      ),
      entryUUID: idOf(entry).replace(/^......../, "fedcba98"),
    });
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", created: 15, deleted: 0 });
});

test("ids are not forgotten while a sync runs, or where there is no directory", async () => {
  const other = await sync.as("owner", () => makeAccount(randomBytes(32).toString("base64")));
  await sync.request();
  expect(await forget()).toEqual({ ok: false, reason: "running" });
  expect(await sync.as("owner", () => forgetDirectoryIds(other.id))).toEqual({
    ok: false,
    reason: "no_directory",
  });
});

/** As of people whose entries were deleted, and made anew. */
const hireAgain = (gone: Entry[]) => {
  for (const { dn, attributes } of gone) {
    const entry = sync.directory.tree.put(dn, {});
    for (const [name, values] of attributes) entry.attributes.set(name, values);
  }
  rebuild(gone.map(({ dn }) => sync.directory.tree.find(dn) as Entry));
};

test("many who had left before are hired again at once: nobody loses anything by it, and the sync goes on", async () => {
  const gone = sync.people().slice(0, 15);
  for (const { dn } of gone) sync.remove(dn);
  const left = await sync.sync();
  await sync.as("app", () => approveRemovals(sync.actor, { runId: left, typed: 15 }));
  await sync.work(left);
  hireAgain(gone);
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", created: 15, deleted: 0 });
});

test.each([
  ["suspended", "is the same"],
  ["suspended", "is another"],
  ["deleted", "is the same"],
  ["deleted", "is another"],
])(
  "who was %s after a sync is found by the address, and let in again, though the id was forgotten, and %s",
  async (status, which) => {
    const dn = String(sync.people()[0]?.dn);
    const before = await sync.personAt(dn);
    sync.change(dn, { nsAccountLock: "TRUE" });
    await sync.sync();
    await sync.sql`update users set status = ${status}, version = version + 1 where id = ${before?.id}`;
    await forget();
    if (which === "is another") rebuild(sync.directory.tree.entries.values());
    await sync.sync();
    sync.change(dn, { nsAccountLock: null });
    expect((await sync.run(await sync.sync())).state).toBe("completed");
    expect(await sync.personAt(dn)).toMatchObject({ id: before?.id, status: "not_invited" });
  },
);

test("whom an admin suspended, though it was while a sync was at work, stays so when the id is forgotten", async () => {
  const dn = String(sync.people()[0]?.dn);
  const id = (await sync.personAt(dn))?.id;
  await sync.sql`update users set status = 'suspended', status_before_suspension = 'active', version = version + 1,
    suspended_at = (select applying_at from runs where target is not null limit 1) where id = ${id}`;
  await forget();
  await sync.sync();
  expect(await sync.personAt(dn)).toMatchObject({ id, status: "suspended" });
});

const suffix = "dc=acme,dc=test";
const nobody = { objectClass: ["groupOfNames"] };

/** A list that is chosen besides those before. */
function putList(id: string, dn: string, member: string[]) {
  const cn = dn.slice("cn=".length, dn.indexOf(","));
  sync.directory.tree.put(dn, { ...nobody, cn, entryUUID: id, member });
  return { id, dn, name: dn };
}
const choose = (...chosen: ReturnType<typeof putList>[]) =>
  sync.settings("distribution-lists", { lists: { take: true, chosen } });
const named = (name: string) => sync.sql`
  select g.id, g.name, g.source, g.external_id, count(m.user_id)::int as n from groups g
  left join group_members m on m.group_id = g.id
  where g.account_id = ${sync.acme.id} and g.name like ${name} group by 1, 2, 3, 4 order by g.name`;
const dnAt = (nth: number) => String(sync.people()[nth]?.dn);

test("a unit and a list of one name: the unit's group stays the unit's, and the list has one", async () => {
  await choose(putList("00000000-0000-8000-8000-000000000001", `cn=Staff,ou=Lists,${suffix}`, [dnAt(0)]));
  await sync.sync();
  const [unit] = await named("Staff");
  await forget();
  await sync.sync();
  expect(await named("Staff")).toEqual([unit]);
  expect(await named("Staff (directory%")).toContainEqual(
    expect.objectContaining({ source: "synced", external_id: "00000000-0000-8000-8000-000000000001", n: 1 }),
  );
});

test("of two lists of one name neither gets the people of the other", async () => {
  const late = putList("20000000-0000-8000-8000-000000000002", `cn=Team,ou=Lists,${suffix}`, [dnAt(0)]);
  await choose(late);
  await sync.sync();
  const early = putList("10000000-0000-8000-8000-000000000001", `cn=Team,ou=Staff,${suffix}`, [
    dnAt(1),
    dnAt(2),
  ]);
  await choose(early, late);
  await sync.sync();
  const before = await named("Team%");
  expect(before.map(({ n }) => n)).toEqual([1, 2]);
  await forget();
  await sync.sync();
  const after = await named("Team%");
  for (const { id, n } of before) expect(after.find((group) => group.id === id)).toMatchObject({ n });
  expect(
    after.filter(({ source }) => source === "synced").map(({ external_id, n }) => [external_id, n]),
  ).toEqual(
    expect.arrayContaining([
      [early.id, 2],
      [late.id, 1],
    ]),
  );
});

test("whoever holds a role and has another address here keeps the id, and is not brought a second time", async () => {
  const entry = sync.people()[0] as Entry;
  const user = await sync.userOf(idOf(entry));
  await sync.sql`
    with role as (insert into roles (account_id, name, kind, privileges) values (${sync.acme.id}, 'Asks', 'custom', '{audit}') returning id)
    insert into role_grants (account_id, role_id, user_id) select ${sync.acme.id}, id, ${user?.id} from role`;
  sync.change(entry.dn, { mail: "other@acme.test" });
  await sync.sync();
  expect(await forget()).toMatchObject({ people: 39, without: 1 });
  expect(await sync.run(await sync.sync())).toMatchObject({ created: 0, deleted: 0 });
});
