import { afterEach, beforeEach, expect, test } from "vitest";
import { runDueSyncs } from "#lib/directory/run-due-syncs.ts";
import { wishSync } from "#lib/directory/wish-sync.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;

beforeEach(async () => {
  sync = await openSync();
  await sync.sync();
});
afterEach(() => sync.close());

const due = () => sync.as("worker", () => runDueSyncs({ holdHours: 24 }));
const queued = () => sync.sql`select trigger from runs where state = 'queued'`;

test("what is wrong with one account's directory keeps no other from its sync", async () => {
  const first = "00000000-0000-7000-8000-000000000001";
  await sync.sql`insert into accounts (id, slug, name) values (${first}, 'first-of-all', 'First')`;
  await sync.sql`insert into directories (account_id, version, next_scheduled_at) values (${first}, 1, now() - interval '1 hour')`;
  await sync.sql`insert into directory_versions (account_id, directory_id, number, settings, step, saved_by_name)
    select account_id, id, 1, '{"of": "another time"}', 'connection', 'Ada' from directories where account_id = ${first}`;
  await sync.sql`update directories set next_scheduled_at = now() - interval '1 hour' where account_id = ${sync.acme.id}`;
  await expect(due()).rejects.toThrow("1 accounts' syncs were not asked for");
  expect(await queued()).toEqual([{ trigger: "scheduled" }]);
});

test.each([
  ["no role any more", 0],
  ["a role without the privilege", 0],
  ["a role with it", 1],
])("a wish of somebody who has %s", async (role, runs) => {
  expect(await sync.as("app", () => wishSync(sync.actor, { holdHours: 24 }))).toMatchObject({ ok: true });
  await sync.sql`delete from role_grants where user_id = ${sync.actor.userId}`;
  if (role !== "no role any more")
    await sync.sql`
      with role as (insert into roles (account_id, name, kind, privileges)
        values (${sync.acme.id}, 'Some', 'custom', ${[runs ? "enrollment.directory_sync" : "audit"]}) returning id)
      insert into role_grants (account_id, role_id, user_id) select ${sync.acme.id}, id, ${sync.actor.userId} from role`;
  await sync.sql`update directories set held_since = now() - interval '25 hours'`;
  await due();
  expect(await queued()).toHaveLength(runs);
});
