import { afterAll, beforeAll, expect, test } from "vitest";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import {
  acme,
  type Connection,
  claimsOf,
  complete,
  events,
  identities,
  person,
  refusedFor,
  visitor,
} from "./sso-account.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

test("the first time a confirmed address finds the person, and their session says how it came about", async () => {
  const { account, connectionId, grace } = await acme(roles);
  const completed = await complete(roles, connectionId, claimsOf(grace.email.toUpperCase()));
  expect(completed).toMatchObject({ ok: true, accountSlug: account.slug });
  const [session] =
    await roles.sql`select user_id, method, connection_id, ip, user_agent from sessions where account_id = ${account.id}`;
  expect(session).toEqual({
    user_id: grace.id,
    method: "sso",
    connection_id: connectionId,
    ip: visitor.ip,
    user_agent: "Browser/1",
  });
  expect((await events(roles, account)).map(({ action, actor_id, ip }) => [action, actor_id, ip])).toEqual([
    ["identity.bound", grace.id, visitor.ip],
    ["session.started", grace.id, visitor.ip],
  ]);
  const actor = completed.ok ? await roles.as("app", () => findActor(completed.sessionId)) : null;
  expect(actor).toMatchObject({ userId: grace.id, isAdmin: false });
});

test("from then on issuer and subject are the person, whatever address comes with them", async () => {
  const { account, connectionId, grace } = await acme(roles);
  const ada = await person(roles, account, "ada");
  await complete(roles, connectionId, claimsOf(grace.email, { sub: "1" }));
  for (const later of [
    { email: ada.email },
    { email: "x@elsewhere.test" },
    { email: undefined },
    { email_verified: false },
  ])
    expect(await complete(roles, connectionId, claimsOf(grace.email, { sub: "1", ...later }))).toMatchObject({
      ok: true,
    });
  const who = await roles.sql`select distinct user_id from sessions where account_id = ${account.id}`;
  expect(who.map((row) => row.user_id)).toEqual([grace.id]);
});

test("another subject with the address of somebody bound is refused", async () => {
  const { account, connectionId, grace } = await acme(roles);
  await complete(roles, connectionId, claimsOf(grace.email, { sub: "1" }));
  await roles.sql`delete from sessions where account_id = ${account.id}`;
  expect(await refusedFor(roles, connectionId, account, claimsOf(grace.email, { sub: "2" }))).toBe(
    "other_identity",
  );
});

test("of two subjects that come with one address at once, one is bound", async () => {
  const { account, connectionId, grace } = await acme(roles);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      complete(roles, connectionId, claimsOf(grace.email, { sub: `${at}` })),
    ),
  );
  expect(answers.filter(({ ok }) => ok).length).toBe(1);
  expect((await identities(roles, account)).length).toBe(1);
});

test("one account's provider signs nobody in to another, whose people it may know well", async () => {
  const [one, two] = [await acme(roles), await acme(roles)];
  await complete(roles, two.connectionId, claimsOf(two.grace.email, { sub: "1" }));
  await roles.sql`delete from sessions where account_id = ${two.account.id}`;
  expect(
    await refusedFor(roles, one.connectionId, one.account, claimsOf(two.grace.email, { sub: "1" })),
  ).toBe("foreign_domain");
  expect((await roles.sql`select from sessions where account_id = ${two.account.id}`).length).toBe(0);
});

test.each<[string, Connection]>([["switched off", { enabled: false }]])(
  "a connection that is %s signs nobody in",
  async (_, how) => {
    const { connectionId, grace } = await acme(roles, how);
    expect(await complete(roles, connectionId, claimsOf(grace.email))).toEqual({
      ok: false,
      reason: "not_connected",
    });
  },
);

test("a suspended account signs nobody in, nor does a connection that there is not", async () => {
  const { account, connectionId, grace } = await acme(roles);
  await roles.sql`update accounts set suspended_at = now() where id = ${account.id}`;
  expect(await complete(roles, connectionId, claimsOf(grace.email))).toEqual({
    ok: false,
    reason: "not_connected",
  });
  const none = "0190a000-0000-7000-8000-000000000001";
  expect(await complete(roles, none, claimsOf(grace.email))).toEqual({ ok: false, reason: "not_connected" });
});

test("an address without a word on its confirmation is taken where the admin said so, and a denied one is not", async () => {
  const { account, connectionId, grace } = await acme(roles, { trusts_addresses: true });
  expect(
    await refusedFor(roles, connectionId, account, claimsOf(grace.email, { email_verified: false })),
  ).toBe("address_not_confirmed");
  expect(
    await complete(roles, connectionId, claimsOf(grace.email, { email_verified: undefined })),
  ).toMatchObject({
    ok: true,
  });
});

test("an owner signs in where an owner confirmed the connection", async () => {
  const { account, connectionId } = await acme(roles, { set_by_owner: true });
  expect(await complete(roles, connectionId, claimsOf(account.owner.email))).toMatchObject({ ok: true });
});

test("somebody invited joins by signing in, once the invitation is open and theirs", async () => {
  const { account, connectionId, grace } = await acme(roles, {}, "invited");
  const invite = (
    until: string,
  ) => roles.sql`insert into invitations (account_id, user_id, email, source, expires_at)
    values (${account.id}, ${grace.id}, ${grace.email}, 'import', now() + ${until}::interval)`;
  await invite("-1 minute");
  expect(await complete(roles, connectionId, claimsOf(grace.email))).toEqual({
    ok: false,
    reason: "unknown_person",
  });
  await roles.sql`delete from invitations where account_id = ${account.id}`;
  await invite("1 day");
  expect(await complete(roles, connectionId, claimsOf(grace.email))).toMatchObject({ ok: true });
  const [joined] =
    await roles.sql`select u.status, u.email_validation, i.state, i.ended_at is not null as ended
    from users u join invitations i on i.user_id = u.id where u.id = ${grace.id}`;
  expect(joined).toEqual({ status: "active", email_validation: "validated", state: "accepted", ended: true });
});

test("somebody bound who becomes an owner comes in only where an owner confirmed the connection", async () => {
  const { account, connectionId, grace } = await acme(roles);
  await complete(roles, connectionId, claimsOf(grace.email));
  await roles.sql`insert into role_grants (account_id, user_id, role_id)
    select ${account.id}, ${grace.id}, id from roles where account_id = ${account.id} and kind = 'owner'`;
  await roles.sql`delete from sessions where account_id = ${account.id}`;
  expect(await refusedFor(roles, connectionId, account, claimsOf(grace.email))).toBe("owner_not_trusted");
});
