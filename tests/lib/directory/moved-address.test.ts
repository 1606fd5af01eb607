import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { listChanges } from "#lib/runs/list-changes.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let person: Entry;
let userId: string;

beforeEach(async () => {
  sync = await openSync();
  person = sync.people()[0] as Entry;
  await sync.sync();
  userId = (await sync.personAt(person.dn))?.id;
});
afterEach(() => sync.close());

const now = async () => {
  const [user] =
    await sync.sql`select status, status_before_suspension as before from users where id = ${userId}`;
  return user;
};
const setStatus = (status: string) =>
  sync.sql`update users set status = ${status}, email_validation = 'validated', version = version + 1 where id = ${userId}`;

async function invite() {
  await setStatus("invited");
  await sync.sql`insert into invitations (account_id, user_id, email, source, expires_at)
    select account_id, id, email, 'invite', now() + interval '9 days' from users where id = ${userId}`;
}

const stateOfInvitation = async () =>
  (await sync.sql`select state from invitations where user_id = ${userId}`)[0]?.state;

test.each([
  ["another", "moved@acme.test"],
  ["none", null],
])("the invitation to the old address ends with it (%s in the directory)", async (_which, mail) => {
  await invite();
  sync.change(person.dn, { mail });
  const run = await sync.sync();
  expect([await now(), await stateOfInvitation()]).toEqual([
    { status: "not_invited", before: null },
    "revoked",
  ]);
  const { changes } = await sync.as("app", () => listChanges(sync.actor, { runId: run }));
  expect(changes[0]?.fields).toContainEqual({ field: "status", before: "invited", after: "not_invited" });
});

test("another spelling of the address, or another field, leaves the invitation as it is", async () => {
  await invite();
  const mail = person.attributes.get("mail")?.values[0];
  sync.change(person.dn, { mail: String(mail).toUpperCase(), title: "Chief" });
  expect((await sync.run(await sync.sync())).updated).toBe(1);
  expect([await now(), await stateOfInvitation()]).toEqual([{ status: "invited", before: null }, "open"]);
});

test("who was suspended while invited comes back without an invitation where the address is another one by then", async () => {
  await invite();
  sync.change(person.dn, { nsAccountLock: "TRUE" });
  await sync.sync();
  expect(await now()).toEqual({ status: "suspended", before: "invited" });
  sync.change(person.dn, { nsAccountLock: null, mail: "moved@acme.test" });
  await sync.sync();
  expect(await now()).toEqual({ status: "not_invited", before: null });
});

test("links that sign in, sessions and what was bound by the address end with it, and only of that person", async () => {
  await setStatus("active");
  const other = (await sync.personAt(sync.people()[1]?.dn as string))?.id;
  for (const id of [userId, other]) {
    await sync.sql`insert into sessions (account_id, user_id, expires_at) values (${sync.acme.id}, ${id}, now() + interval '1 day')`;
    await sync.sql`insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
      values (${sync.acme.id}, ${id}, 'email_link', now() + interval '1 day')`;
    await sync.sql`insert into address_proofs (account_id, user_id, email, expires_at)
      values (${sync.acme.id}, ${id}, 'some@acme.test', now() + interval '1 day')`;
    await sync.sql`insert into identities (account_id, user_id, issuer, subject) values (${sync.acme.id}, ${id}, 'https://idp.test', ${id})`;
  }
  sync.change(person.dn, { mail: "moved@acme.test" });
  await sync.sync();
  const alive = async (id: string) =>
    (
      await sync.sql`select (select count(*)::int from sessions where user_id = ${id} and ended_at is null) as sessions,
        (select count(*)::int from sign_in_tokens where user_id = ${id} and expires_at > now()) as links,
        (select count(*)::int from address_proofs where user_id = ${id} and expires_at > now()) as proofs,
        (select count(*)::int from identities where user_id = ${id}) as identities`
    )[0];
  expect(await alive(userId)).toEqual({ sessions: 0, links: 0, proofs: 0, identities: 0 });
  expect(await alive(other)).toEqual({ sessions: 1, links: 1, proofs: 1, identities: 1 });
});
