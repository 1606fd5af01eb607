import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { explainLive } from "#lib/directory/explain-live.ts";
import { loopback } from "#tests/support/ldap/connection-to.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let entry: Entry;

beforeEach(async () => {
  sync = await openSync();
  await sync.sync();
  entry = sync.people()[0] as Entry;
});
afterEach(() => sync.close());

const user = () => sync.userOf(idOf(entry));
const lastStep = async () => {
  const told = await sync.as("app", () => explainLive(sync.actor, loopback, entry.dn));
  return told.ok ? told.cases[0]?.steps.at(-1)?.sentence : told.sentence;
};

test.each([["another"], ["none"]])(
  "whoever holds a role keeps their address, though the directory has %s; all else follows it",
  async (which) => {
    const before = await user();
    await sync.sql`
      with role as (insert into roles (account_id, name, kind, privileges)
        values (${sync.acme.id}, 'Asks', 'custom', '{audit}') returning id)
      insert into role_grants (account_id, role_id, user_id) select ${sync.acme.id}, id, ${before?.id} from role`;
    sync.change(entry.dn, { mail: which === "none" ? null : "thief@acme.test", title: "Chief" });
    expect(await lastStep()).toMatch(/Would be updated\. Holds a role here.+title: “.+” becomes “Chief”\.$/);
    const run = await sync.sync();
    expect(await user()).toMatchObject({ email: before?.email, title: "Chief" });
    expect((await sync.entries(run))[0]?.reason).toMatch(/Holds a role here/);
    expect(await sync.run(await sync.sync())).toMatchObject({ updated: 0, unchanged: 40 });
    await sync.sql`delete from role_grants where user_id = ${before?.id}`;
    await sync.sync();
    expect((await user())?.email).toBe(which === "none" ? null : "thief@acme.test");
  },
);

test("an address that is none, or of a foreign domain, takes nobody's away", async () => {
  const before = await user();
  for (const mail of ["a lice@acme.test", "alice@elsewhere.test"]) {
    sync.change(entry.dn, { mail });
    expect(await lastStep()).toMatch(/Left with the address they have\.$/);
    const run = await sync.sync();
    expect(await user()).toMatchObject({ email: before?.email });
    expect((await sync.entries(run))[0]?.reason).toMatch(/Left with the address they have\.$/);
  }
  expect(await sync.run(await sync.sync())).toMatchObject({ rows_read: 40, same: 40 });
});

test("while a domain of the account is not verified people keep their addresses in it", async () => {
  await sync.sql`update account_domains set verified_at = null where domain = 'acme.test'`;
  await sync.sync();
  const addresses = () => sync.sql`select count(email)::int as n from users where external_id is not null`;
  expect(await addresses()).toEqual([{ n: 40 }]);
  await sync.sql`update account_domains set verified_at = now() where domain = 'acme.test'`;
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", updated: 0 });
  expect(await addresses()).toEqual([{ n: 40 }]);
});

test("an address that its holder keeps is given to nobody else: the other one is brought without it", async () => {
  const before = await user();
  await sync.sql`
    with role as (insert into roles (account_id, name, kind, privileges)
      values (${sync.acme.id}, 'Asks', 'custom', '{audit}') returning id)
    insert into role_grants (account_id, role_id, user_id) select ${sync.acme.id}, id, ${before?.id} from role`;
  sync.change(entry.dn, { mail: "other@acme.test" });
  const id = "00000000-0000-8000-8000-0000000000aa";
  sync.directory.tree.put("uid=new,ou=Staff,dc=acme,dc=test", {
    objectClass: ["person"],
    entryUUID: id,
    sn: "New",
    mail: String(before?.email),
  });
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", created: 1, skipped: 0 });
  expect([(await sync.userOf(id))?.email, (await user())?.email]).toEqual([null, before?.email]);
});
