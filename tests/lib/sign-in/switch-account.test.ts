import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { endSession } from "#lib/sign-in/end-session.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { listOtherAccounts } from "#lib/sign-in/list-other-accounts.ts";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import { requestSignInLink } from "#lib/sign-in/request-sign-in-link.ts";
import { switchAccount } from "#lib/sign-in/switch-account.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

const key = randomBytes(32).toString("base64");
const visitor = { ip: "192.0.2.7", userAgent: "test" };
let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

const app = <T>(work: () => Promise<T>) => roles.as("app", work);

/** Two accounts, the second one's owner with the address of the first one's. */
async function two(): Promise<[TestAccount, TestAccount]> {
  const [one, other] = [
    await roles.as("owner", () => makeAccount(key, { name: "One" })),
    await roles.as("owner", () => makeAccount(key, { name: "Other" })),
  ];
  await roles.sql`update users set email = ${one.owner.email} where account_id = ${other.id}`;
  return [one, other];
}

async function session(token: string) {
  const redeemed = await app(() => redeemSignInToken(key, token));
  const actor = redeemed.ok ? await app(() => findActor(redeemed.sessionId)) : null;
  if (!actor) throw new Error("not signed in");
  return actor;
}
const byOperator = async (of: TestAccount) =>
  session((await roles.as("owner", () => of.signInPath())).replace("/sign-in/", ""));
async function byMail(of: TestAccount) {
  await app(() => requestSignInLink(of.owner.email));
  const [token] = await roles.sql`
    select id from sign_in_tokens where account_id = ${of.id} and purpose = 'email_link' order by id desc limit 1`;
  return session(mintLinkToken(key, "sign-in", token?.id));
}
type Actor = Awaited<ReturnType<typeof byMail>>;
const others = (actor: Actor, sessionIds = [actor.sessionId]) =>
  app(() => listOtherAccounts(actor, sessionIds));
const go = (actor: Actor, slug: string, sessionIds = [actor.sessionId]) =>
  app(() => switchAccount(actor, { slug, sessionIds, visitor }));
const refused = { ok: false, reason: "sign_in" };
const connect = (of: TestAccount, domain: string) => roles.sql`
  with moved as (update account_domains set account_id = ${of.id} where domain = ${domain})
  insert into sso_connections (account_id, name, issuer, client_id, enabled)
  values (${of.id}, 'SSO', 'https://id.test', 'c', true)`;

describe("nothing opens", () => {
  test("an account that does not exist, or does not know the address, or is suspended", async () => {
    const [one, other] = await two();
    const stranger = await roles.as("owner", () => makeAccount(key));
    const actor = await byMail(one);
    expect(await go(actor, "no-such-account")).toEqual(refused);
    expect(await go(actor, stranger.slug)).toEqual(refused);
    await roles.sql`update accounts set suspended_at = now() where id = ${other.id}`;
    expect(await go(actor, other.slug)).toEqual(refused);
    expect(await others(actor)).toEqual([]);
  });

  test("for a session of an operator's link, which proves no address", async () => {
    const [one, other] = await two();
    const actor = await byOperator(one);
    expect(await others(actor)).toEqual([]);
    expect(await go(actor, other.slug)).toEqual(refused);
  });

  test("for an address that was changed after the link had proved another", async () => {
    const [one, other] = await two();
    const victim = `victim@${other.domain}`;
    await roles.sql`update users set email = ${victim} where account_id = ${other.id}`;
    const { sessionId } = await byMail(one);
    await roles.sql`update users set email = ${victim} where account_id = ${one.id}`;
    const actor = await app(() => findActor(sessionId));
    if (!actor) throw new Error("signed out");
    expect(actor.userEmail).toBe(victim);
    expect(await others(actor)).toEqual([]);
    expect(await go(actor, other.slug)).toEqual(refused);
  });

  test("where the account's single sign-on speaks for the address, but for owners", async () => {
    const [one, other] = await two();
    await connect(other, one.domain);
    const actor = await byMail(one);
    expect(await others(actor)).toEqual([{ slug: other.slug, name: "Other", open: true }]);
    await roles.sql`delete from role_grants where account_id = ${other.id}`;
    expect(await others(actor)).toEqual([{ slug: other.slug, name: "Other", open: false }]);
    expect(await go(actor, other.slug)).toEqual(refused);
  });

  test("with an ended session, or one of somebody else", async () => {
    const [one, other] = await two();
    const actor = await byMail(one);
    await app(() => endSession(actor));
    expect(await go(actor, other.slug)).toEqual(refused);
    const stranger = await roles.as("owner", () => makeAccount(key));
    const theirs = await byOperator(stranger);
    expect(await go(actor, stranger.slug, [theirs.sessionId])).toEqual(refused);
  });
});

test("a mailed link opens the other account as well, until its own session would end, and both accounts tell", async () => {
  const [one, other] = await two();
  const actor = await byMail(one);
  await roles.sql`update sessions set expires_at = now() + interval '1 hour' where id = ${actor.sessionId}`;
  expect(await others(actor)).toEqual([{ slug: other.slug, name: "Other", open: true }]);
  const opened = await go(actor, other.slug);
  if (!opened.ok) throw new Error("not opened");
  const there = await app(() => findActor(opened.sessionId));
  expect(there).toMatchObject({ accountSlug: other.slug, userId: other.owner.id, isOwner: true });
  const [row] = await roles.sql`
    select method, ip, expires_at <= now() + interval '1 hour' as short from sessions where id = ${opened.sessionId}`;
  expect(row).toEqual({ method: "email_link", ip: "192.0.2.7", short: true });
  const told = await roles.sql`select action, actor_id from audit_events
    where account_id = ${other.id} and action in ('account.switched', 'session.started') order by id`;
  expect(told).toEqual([
    { action: "session.started", actor_id: other.owner.id },
    { action: "account.switched", actor_id: other.owner.id },
  ]);
});

test("a session that the browser has there is used, and no second one made", async () => {
  const [one, other] = await two();
  const [here, there] = [await byOperator(one), await byOperator(other)];
  const sessionIds = [here.sessionId, there.sessionId];
  expect(await others(here, sessionIds)).toEqual([{ slug: other.slug, name: "Other", open: true }]);
  expect(await go(here, other.slug, sessionIds)).toMatchObject({ ok: true, sessionId: there.sessionId });
});
