import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let entry: Entry;

beforeEach(async () => {
  sync = await openSync();
  await sync.sync();
  entry = sync.people()[0] as Entry;
});
afterEach(() => sync.close());

const idOf = () => String(entry.attributes.get("entryuuid")?.values[0]);

async function request(): Promise<string> {
  const asked = await sync.request();
  if (!asked.ok) throw new Error(asked.reason);
  return asked.runId;
}

test("whoever was moved by a run that was cut short at its end comes into the groups with the next one", async () => {
  sync.move(entry.dn, "uid=moved,ou=Sales,ou=Delhi,ou=Staff,dc=acme,dc=test");
  const run = await request();
  await sync.sql`create function break_off() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$`;
  await sync.sql`create trigger break_off before update of last_good_at on directories for each row execute function break_off()`;
  await expect(sync.work(run)).rejects.toThrow();
  await sync.sql`drop trigger break_off on directories`;
  await sync.sql`update runs set lease = null`;
  await sync.as("app", () => cancelRun(sync.actor, run));
  await sync.work(run);
  expect(await sync.run(run)).toMatchObject({ state: "cancelled", updated: 1 });
  await sync.sync();
  const id = (await sync.userOf(idOf()))?.id;
  expect(
    await sync.sql`select g.name from groups g join group_members m on m.group_id = g.id where m.user_id = ${id}`,
  ).toEqual([{ name: "Staff / Delhi / Sales" }]);
});
