import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { builtInRoles } from "#lib/authorization/permissions.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { saveConnection } from "#lib/directory/save-connection.ts";
import { saveStep } from "#lib/directory/save-step.ts";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { connectionTo, loopback } from "#tests/support/ldap/connection-to.ts";
import { readerPassword } from "#tests/support/ldap/start-directory.ts";
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

const suspend = () => sync.change(at(0).dn, { nsAccountLock: "TRUE" });
const enable = () => sync.change(at(0).dn, { nsAccountLock: null });

test("whom a sync suspended it restores, also after several runs", async () => {
  suspend();
  for (let nth = 0; nth < 3; nth += 1) await sync.sync();
  expect(await user(0)).toMatchObject({ status: "suspended" });
  enable();
  await sync.sync();
  expect(await user(0)).toMatchObject({ status: "not_invited" });
});

test("whoever was suspended by a sync, restored and suspended again by an admin stays suspended", async () => {
  suspend();
  await sync.sync();
  const id = (await user(0))?.id;
  await sync.sql`update users set status = 'active', suspended_at = null, version = version + 1 where id = ${id}`;
  await sync.sql`update users set status = 'suspended', status_before_suspension = 'active', suspended_at = clock_timestamp(),
    version = version + 1 where id = ${id}`;
  enable();
  const run = await sync.sync();
  expect(await user(0)).toMatchObject({ status: "suspended" });
  expect(Object.values(await sync.said(run))).toEqual(["skipped: Was suspended here by an admin; left so."]);
});

test("removals that were approved take people out of their groups", async () => {
  for (const entry of people.slice(0, 12)) sync.remove(entry.dn);
  const run = await sync.sync();
  await sync.as("app", () => approveRemovals(sync.actor, { runId: run, typed: 12 }));
  await sync.work(run);
  expect(
    await sync.sql`select 1 from group_members m join users u on u.id = m.user_id where u.status = 'suspended'`,
  ).toHaveLength(0);
});

test("whoever may not give a role does not say which directory fills the group that gives it", async () => {
  await sync.sql`with role as (
      insert into roles (account_id, name, kind, privileges) values (${sync.acme.id}, 'Mighty', 'custom', '{roles,audit}') returning id)
    insert into group_role_grants (account_id, role_id, group_id)
      select ${sync.acme.id}, role.id, g.id from role, groups g where g.source = 'synced' limit 1`;
  const [syncer] =
    await sync.sql`insert into users (account_id, email, status, source) values (${sync.acme.id}, 'sy@acme.test', 'active', 'invite') returning id`;
  const small = {
    ...sync.actor,
    userId: syncer?.id,
    isOwner: false,
    privileges: new Set(["enrollment.directory_sync" as const]),
  };
  const { version: seen, settings } = await sync.as("app", () => findDirectory(sync.actor));
  const connection = { ...connectionTo(sync.directory.port), baseDn: "ou=Staff,dc=acme,dc=test" };
  const wish = { connector: "cloud" as const, connection, password: readerPassword, seen };
  const refused = { ok: false, reason: "gives_roles" };
  expect(await sync.as("app", () => saveConnection(small, loopback, wish))).toEqual(refused);
  const users = { ...settings.users, inclusion: "(l=Berlin)" };
  expect(await sync.as("app", () => saveStep(small, { step: "users", values: { users }, seen }))).toEqual(
    refused,
  );
  const { schedule } = settings;
  const harmless = { step: "schedule" as const, values: { schedule }, seen };
  expect(await sync.as("app", () => saveStep(small, harmless))).toMatchObject({ ok: true });
  const mighty = { ...sync.actor, privileges: new Set(builtInRoles.owner) };
  expect(await sync.as("app", () => saveConnection(mighty, loopback, { ...wish }))).toMatchObject({
    ok: true,
  });
});
