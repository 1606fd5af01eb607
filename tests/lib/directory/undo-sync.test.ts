import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { applyUndo } from "#lib/runs/apply-undo.ts";
import { listChanges } from "#lib/runs/list-changes.ts";
import { requestUndo } from "#lib/runs/request-undo.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let people: Entry[];
const at = (nth: number) => people[nth] as Entry;
const user = (nth: number) => sync.userOf(idOf(at(nth)));

beforeEach(async () => {
  sync = await openSync();
  people = sync.people();
  await sync.sync();
});
afterEach(() => sync.close());

/** From the question to the end; what was said of each. */
async function undo(runId: string) {
  const asked = await sync.as("app", () => requestUndo(sync.actor, runId));
  if (!asked.ok) throw new Error(asked.reason);
  await sync.work(asked.runId);
  const { created, updated, deleted, activated } = await sync.run(asked.runId);
  const typed = created + updated + deleted + activated;
  const applied = await sync.as("app", () => applyUndo(sync.actor, { runId: asked.runId, typed }));
  if (!applied.ok) throw new Error(applied.reason);
  await sync.work(asked.runId);
  return sync.said(asked.runId);
}

const moveToDelhi = (nth: number) =>
  sync.move(at(nth).dn, `uid=p${nth}moved,ou=Sales,ou=Delhi,ou=Staff,dc=acme,dc=test`);

test("fields, address and unit come back; the report tells them one by one, before and after", async () => {
  const before = await user(0);
  moveToDelhi(0);
  const moved = `uid=p0moved,ou=Sales,ou=Delhi,ou=Staff,dc=acme,dc=test`;
  sync.change(moved, { title: "Chief", mail: "new.one@acme.test" });
  const run = await sync.sync();
  const { changes } = await sync.as("app", () => listChanges(sync.actor, { runId: run }));
  expect(changes.map(({ fields }) => fields)).toEqual([
    expect.arrayContaining([
      { field: "email", before: before?.email, after: "new.one@acme.test" },
      { field: "title", before: before?.title, after: "Chief" },
      {
        field: "organizational_unit",
        before: before?.organizational_unit,
        after: "Staff / Delhi / Sales",
      },
    ]),
  ]);
  await undo(run);
  const { title, email, organizational_unit } = before ?? {};
  expect(await user(0)).toMatchObject({ title, email, organizational_unit });
});

test("a unit that was taken away comes back, and an address that was", async () => {
  const before = await user(0);
  sync.change(at(0).dn, { mail: null });
  const run = await sync.sync();
  expect((await user(0))?.email).toBeNull();
  await undo(run);
  expect(await user(0)).toMatchObject({ email: before?.email });
});

test("an address that somebody else has by now stays with them, and the line says so", async () => {
  const before = await user(0);
  sync.change(at(0).dn, { mail: "new.one@acme.test", title: "Chief" });
  const run = await sync.sync();
  await sync.sql`insert into users (account_id, email, status, source) values (${sync.acme.id}, ${before?.email}, 'active', 'api')`;
  expect(Object.values(await undo(run))).toEqual([
    "updated: Put back as before that sync, but for what was changed since: Email.",
  ]);
  expect(await user(0)).toMatchObject({ title: before?.title, email: "new.one@acme.test" });
});

test("an address that was validated comes back as such; one that was not, does not", async () => {
  const validate = (nth: number) =>
    sync.sql`update users set status = 'active', email_validation = 'validated', version = version + 1 where external_id = ${idOf(at(nth))}`;
  await validate(0);
  await validate(2);
  sync.change(at(0).dn, { mail: "new.one@acme.test" });
  sync.change(at(1).dn, { mail: "other.one@acme.test" });
  sync.change(at(2).dn, { mail: null });
  const before = await Promise.all([user(0), user(1), user(2)]);
  const run = await sync.sync();
  expect([(await user(0))?.email_validation, (await user(2))?.email_validation]).toEqual(["pending", null]);
  await undo(run);
  for (const [nth, was] of before.entries())
    expect(await user(nth)).toMatchObject({
      email: was?.email,
      email_validation: nth === 1 ? "pending" : "validated",
    });
});

test("who was adopted is not the directory's any more", async () => {
  const id = (await user(0))?.id;
  await sync.sql`update users set external_id = null, source = 'import', status = 'active', version = version + 1 where id = ${id}`;
  await sync.sql`delete from directory_entries where user_id = ${id}`;
  const run = await sync.sync();
  expect(await user(0)).toMatchObject({ id, status: "active" });
  expect(Object.values(await undo(run))).toEqual(["updated: Put back as before that sync."]);
  expect(await user(0)).toBeUndefined();
  sync.remove(at(0).dn);
  await sync.sync();
  expect(await sync.sql`select status from users where id = ${id}`).toEqual([{ status: "active" }]);
});

test("whoever was invited again under the new address is not invited any more", async () => {
  sync.change(at(0).dn, { mail: "new.one@acme.test" });
  const run = await sync.sync();
  const now = await user(0);
  await sync.sql`update users set status = 'invited', version = version + 1 where id = ${now?.id}`;
  await sync.sql`insert into invitations (account_id, user_id, email, source, expires_at)
    values (${sync.acme.id}, ${now?.id}, 'new.one@acme.test', 'invite', now() + interval '9 days')`;
  expect(Object.values(await undo(run))).toEqual([
    "updated: Put back as before that sync. Not invited under that address any more: invite them again.",
  ]);
  expect((await user(0))?.status).toBe("not_invited");
  expect(await sync.sql`select state from invitations where user_id = ${now?.id}`).toEqual([
    { state: "revoked" },
  ]);
});

test("whoever a sync brought is taken out again, and the next one brings them anew", async () => {
  sync.directory.tree.put("uid=new,ou=Sales,ou=Delhi,ou=Staff,dc=acme,dc=test", {
    objectClass: ["person", "inetOrgPerson"],
    entryUUID: "00000000-0000-8000-8000-0000000000aa",
    sn: "Newcomer",
  });
  const run = await sync.sync();
  expect(await sync.run(run)).toMatchObject({ created: 1 });
  expect(Object.values(await undo(run))).toEqual(["deleted: Was added by that sync; taken out again."]);
  expect(await sync.statuses()).toEqual({ not_invited: 40 });
  expect(await sync.run(await sync.sync())).toMatchObject({ created: 1 });
});

test("whoever had been deleted here and was brought again is suspended", async () => {
  const attributes = new Map(at(0).attributes);
  sync.remove(at(0).dn);
  await sync.sync();
  await sync.sql`update users set status = 'deleted', email = null, version = version + 1 where external_id = ${idOf(at(0))}`;
  const back = sync.directory.tree.put(at(0).dn, {});
  for (const [name, values] of attributes) back.attributes.set(name, values);
  const run = await sync.sync();
  expect((await user(0))?.status).toBe("not_invited");
  expect(Object.values(await undo(run))).toEqual([
    "deleted: Had been deleted, and was brought again by that sync; suspended.",
  ]);
  expect((await user(0))?.status).toBe("suspended");
});

const addresses = async (...which: number[]) =>
  Promise.all(which.map(async (nth) => (await user(nth))?.email ?? null));

test.each([
  ["exchanged", [1, 0]],
  ["passed on in a ring", [1, 2, 0]],
])("addresses that were %s come back, each to whom it was", async (_how, to) => {
  const before = await addresses(0, 1, 2);
  for (const [nth, of] of to.entries()) sync.change(at(nth).dn, { mail: before[of] ?? null });
  const run = await sync.sync();
  expect(await addresses(0, 1, 2)).not.toEqual(before);
  for (const told of Object.values(await undo(run)))
    expect(told).toBe("updated: Put back as before that sync.");
  expect(await addresses(0, 1, 2)).toEqual(before);
});

test("an address that was handed over comes back to who had it", async () => {
  const before = await addresses(0, 1, 38, 39);
  for (const [from, to] of [
    [0, 1],
    [39, 38],
  ] as const) {
    sync.change(at(to).dn, { mail: String(at(from).attributes.get("mail")?.values[0]) });
    sync.change(at(from).dn, { mail: null });
  }
  const run = await sync.sync();
  expect(await addresses(0, 1, 38, 39)).toEqual([null, before[0], before[3], null]);
  await undo(run);
  expect(await addresses(0, 1, 38, 39)).toEqual(before);
});
