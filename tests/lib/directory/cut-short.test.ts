import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let entry: Entry;

beforeEach(async () => {
  sync = await openSync();
  await sync.sync();
  entry = sync.people()[0] as Entry;
});
afterEach(() => sync.close());

async function request(): Promise<string> {
  const asked = await sync.request();
  if (!asked.ok) throw new Error(asked.reason);
  return asked.runId;
}

/** A sync that has dealt with everybody, and breaks off before its last statement. */
async function cutShort(): Promise<string> {
  const run = await request();
  await sync.sql`create function break_off() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$`;
  await sync.sql`create trigger break_off before update of last_good_at on directories for each row execute function break_off()`;
  await expect(sync.work(run)).rejects.toThrow();
  await sync.sql`drop trigger break_off on directories`;
  await sync.sql`update runs set lease = null`;
  await sync.as("app", () => cancelRun(sync.actor, run));
  await sync.work(run);
  return run;
}

test("whoever was moved by a run that was cut short at its end comes into the groups with the next one", async () => {
  sync.move(entry.dn, "uid=moved,ou=Sales,ou=Delhi,ou=Staff,dc=acme,dc=test");
  const run = await cutShort();
  expect(await sync.run(run)).toMatchObject({ state: "cancelled", updated: 1 });
  await sync.sync();
  const id = (await sync.userOf(idOf(entry)))?.id;
  expect(
    await sync.sql`select g.name from groups g join group_members m on m.group_id = g.id where m.user_id = ${id}`,
  ).toEqual([{ name: "Staff / Delhi / Sales" }]);
});

test("whoever was suspended by a run that was cut short is let in again when they are back", async () => {
  sync.change(entry.dn, { nsAccountLock: "TRUE" });
  expect(await sync.run(await cutShort())).toMatchObject({ state: "cancelled", deleted: 1 });
  sync.change(entry.dn, { nsAccountLock: null });
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", activated: 1 });
  expect(await sync.userOf(idOf(entry))).toMatchObject({ status: "not_invited" });
});

test("whom an admin suspends while their removal begins to wait is not let in again by the directory", async () => {
  const attributes = new Map(entry.attributes);
  for (const { dn } of sync.people().slice(0, 12)) sync.remove(dn);
  const run = await request();
  await sync.sql.unsafe(`create function by_hand() returns trigger language plpgsql security definer as $$ begin
    update users set status = 'suspended', status_before_suspension = 'not_invited', suspended_at = now(), version = version + 1
      where external_id = '${idOf(entry)}' and status <> 'suspended';
    return new; end $$`);
  await sync.sql`create trigger by_hand after update of state on runs for each row when (new.state = 'applying') execute function by_hand()`;
  await sync.work(run);
  await sync.sql`drop trigger by_hand on runs`;
  expect(await sync.run(run)).toMatchObject({ removals: "waiting" });
  const back = sync.directory.tree.put(entry.dn, {});
  for (const [name, values] of attributes) back.attributes.set(name, values);
  await sync.sync();
  expect(await sync.userOf(idOf(entry))).toMatchObject({ status: "suspended" });
});

test("a rule of protection holds also for whoever was gone before a sync knew of it", async () => {
  const value = String(entry.attributes.get("mail")?.values[0]);
  const title = String((await sync.userOf(idOf(entry)))?.title);
  sync.remove(entry.dn);
  for (const rule of [
    { field: "email" as const, how: "is" as const, value },
    { field: "title" as const, how: "is" as const, value: title },
  ]) {
    await sync.settings("protected", { protected: { users: [], groups: [], rules: [rule] } });
    expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", deleted: 0 });
  }
  await sync.settings("protected", { protected: { users: [], groups: [], rules: [] } });
  expect(await sync.run(await sync.sync())).toMatchObject({ deleted: 1 });
});
