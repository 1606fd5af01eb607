import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { findSignInToken } from "#lib/sign-in/find-sign-in-token.ts";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

const key = randomBytes(32).toString("base64");
const dead = { ok: false, reason: "dead_link" };
let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

const account = () => roles.as("owner", () => makeAccount(key));
const tokenOf = async (of: TestAccount) => (await roles.as("owner", of.signInPath)).replace("/sign-in/", "");
const find = (token: string) => roles.as("app", () => findSignInToken(key, token));
const redeem = (token: string) => roles.as("app", () => redeemSignInToken(key, token));

const sessions = async (of: TestAccount) =>
  (await roles.sql`select count(*)::int as n from sessions where account_id = ${of.id}`)[0]?.n;

test("a link that a hundred requests use at once starts one session", async () => {
  const acme = await account();
  const token = await tokenOf(acme);
  const answers = await Promise.all(Array.from({ length: 100 }, () => redeem(token)));
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok)).toEqual(Array(99).fill(dead));
  expect(await sessions(acme)).toBe(1);
  const [events] = await roles.sql`
    select count(*)::int as n from audit_events where account_id = ${acme.id} and action = 'session.started'`;
  expect(events?.n).toBe(1);
});

test("looking at a link, as mail scanners do, uses nothing up", async () => {
  const acme = await account();
  const token = await tokenOf(acme);
  for (let look = 0; look < 3; look += 1) {
    expect(await find(token)).toMatchObject({
      accountId: acme.id,
      accountName: acme.name,
      email: acme.owner.email,
    });
  }
  expect(await redeem(token)).toMatchObject({ ok: true, accountSlug: acme.slug });
  expect(await find(token)).toBeNull();
});

test("a newer operator's link ends the older one", async () => {
  const acme = await account();
  const older = await tokenOf(acme);
  const newer = await tokenOf(acme);
  expect(await redeem(older)).toEqual(dead);
  expect(await redeem(newer)).toMatchObject({ ok: true });
});

describe("a link is dead", () => {
  const cases: [string, (token: string, of: TestAccount) => Promise<string>][] = [
    [
      "when its time is over",
      async (token, of) => {
        await roles.sql`update sign_in_tokens set expires_at = now() - interval '1 ms' where account_id = ${of.id}`;
        return token;
      },
    ],
    [
      "when its last letter is another",
      async (token) => `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
    ],
    ["when it is cut short", async (token) => token.slice(0, 40)],
    ["when it is no token", async () => "x"],
    ["when it is empty", async () => ""],
    [
      "when it is signed with another key",
      async (_, of) => {
        const [row] = await roles.sql`select id from sign_in_tokens where account_id = ${of.id}`;
        return mintLinkToken(randomBytes(32).toString("base64"), "sign-in", row?.id);
      },
    ],
    [
      "when it was made to join",
      async (_, of) => {
        const [row] = await roles.sql`select id from sign_in_tokens where account_id = ${of.id}`;
        return mintLinkToken(key, "join", row?.id);
      },
    ],
    [
      "when it names no row",
      async () => mintLinkToken(key, "sign-in", "0190a000-0000-7000-8000-000000000001"),
    ],
    [
      "when the person is suspended",
      async (token, of) => {
        await roles.sql`update users set status = 'suspended' where account_id = ${of.id}`;
        return token;
      },
    ],
    [
      "when the account is suspended",
      async (token, of) => {
        await roles.sql`update accounts set suspended_at = now() where id = ${of.id}`;
        return token;
      },
    ],
  ];

  test.each(cases)("%s", async (_, spoil) => {
    const acme = await account();
    const token = await spoil(await tokenOf(acme), acme);
    expect(await find(token)).toBeNull();
    expect(await redeem(token)).toEqual(dead);
    expect(await sessions(acme)).toBe(0);
  });
});

async function signedIn() {
  const acme = await account();
  const redeemed = await redeem(await tokenOf(acme));
  if (!redeemed.ok) throw new Error("not signed in");
  return { acme, sessionId: redeemed.sessionId };
}

const actor = (sessionId: string | string[], slug?: string) =>
  roles.as("app", () => findActor(sessionId, slug));

test("a session is the person, with the privileges of their roles", async () => {
  const { acme, sessionId } = await signedIn();
  const found = await actor(sessionId, acme.slug);
  expect(found).toMatchObject({
    kind: "user",
    accountId: acme.id,
    accountSlug: acme.slug,
    userId: acme.owner.id,
    userName: "Ada Owner",
    userEmail: acme.owner.email,
    isAdmin: true,
    isOwner: true,
  });
  expect(found?.privileges.has("enrollment.import")).toBe(true);
});

test("a session is nobody under another account's address", async () => {
  const { sessionId } = await signedIn();
  const other = await account();
  expect(await actor(sessionId, other.slug)).toBeNull();
  expect(await actor(sessionId, "nowhere")).toBeNull();
  expect(await actor(sessionId, "")).toBeNull();
});

test.each([
  "",
  "x",
  "------------------------------------",
  "0190a000-0000-7000-8000-000000000001",
  "'; drop",
])("a session is nobody by the id %j", async (id) => {
  expect(await actor(id)).toBeNull();
});

test.each<[string, (of: TestAccount) => Promise<unknown>]>([
  ["the session ended", (of) => roles.sql`update sessions set ended_at = now() where account_id = ${of.id}`],
  [
    "the session is over",
    (of) => roles.sql`update sessions set expires_at = now() where account_id = ${of.id}`,
  ],
  [
    "the person is suspended",
    (of) => roles.sql`update users set status = 'suspended' where account_id = ${of.id}`,
  ],
  [
    "the person is deleted",
    (of) => roles.sql`update users set status = 'deleted' where account_id = ${of.id}`,
  ],
  [
    "the account is suspended",
    (of) => roles.sql`update accounts set suspended_at = now() where id = ${of.id}`,
  ],
])("a session is nobody at once when %s", async (_, happen) => {
  const { acme, sessionId } = await signedIn();
  expect(await actor(sessionId, acme.slug)).not.toBeNull();
  await happen(acme);
  expect(await actor(sessionId, acme.slug)).toBeNull();
});

test("without any role a session is a person who may see their own page and nothing else", async () => {
  const { acme, sessionId } = await signedIn();
  await roles.sql`delete from role_grants where account_id = ${acme.id}`;
  const person = await actor(sessionId, acme.slug);
  expect(person).toMatchObject({ isAdmin: false, isOwner: false });
  expect(person && [isAllowed(person, "own_page.view"), isAllowed(person, "console.view")]).toEqual([
    true,
    false,
  ]);
});

test("a role that a group gives counts while the person is in the group", async () => {
  const { acme, sessionId } = await signedIn();
  await roles.sql`
    with made as (insert into groups (account_id, name) values (${acme.id}, 'Owners') returning id),
    granted as (insert into group_role_grants (account_id, group_id, role_id)
      select ${acme.id}, made.id, r.id from made, roles r where r.account_id = ${acme.id} and r.kind = 'owner'),
    joined as (insert into group_members (account_id, group_id, user_id) select ${acme.id}, id, ${acme.owner.id} from made)
    delete from role_grants where account_id = ${acme.id}`;
  expect(await actor(sessionId, acme.slug)).toMatchObject({ isAdmin: true, isOwner: true });
  await roles.sql`delete from group_members where account_id = ${acme.id}`;
  expect(await actor(sessionId, acme.slug)).toMatchObject({ isAdmin: false, isOwner: false });
});

test("of sessions in two accounts the one of the account asked for counts, else the first", async () => {
  const [one, two] = [await signedIn(), await signedIn()];
  const both = [two.sessionId, one.sessionId];
  expect((await actor(both, one.acme.slug))?.accountId).toBe(one.acme.id);
  expect((await actor(both, two.acme.slug))?.accountId).toBe(two.acme.id);
  expect((await actor(both))?.accountId).toBe(two.acme.id);
  expect(await actor(both, "nowhere")).toBeNull();
});

test("a role taken away takes its privileges away at once", async () => {
  const { acme, sessionId } = await signedIn();
  await roles.sql`update roles set privileges = '{users.view}' where account_id = ${acme.id}`;
  expect([...((await actor(sessionId))?.privileges ?? [])]).toEqual(["users.view"]);
});
