import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { endSession } from "#lib/sign-in/end-session.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import { requestSignInLink } from "#lib/sign-in/request-sign-in-link.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

const key = randomBytes(32).toString("base64");
let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

const account = () => roles.as("owner", () => makeAccount(key));
/** An identity provider that speaks for the account's domains. */
const connect = (of: TestAccount) => roles.sql`
  insert into sso_connections (account_id, name, issuer, client_id, enabled)
  values (${of.id}, 'Acme', 'https://id.test', 'rollcall', true)`;
const ask = (email: string) => roles.as("app", () => requestSignInLink(email));
const mails = (of: TestAccount) => roles.sql`
  select kind, recipient, subject_id, state, priority, key from emails where account_id = ${of.id} order by id`;
const tokens = async (of: TestAccount) =>
  (await roles.sql`select id from sign_in_tokens where account_id = ${of.id} order by id`).map(
    (row) => row.id,
  );
const everything = async () =>
  (
    await roles.sql`select (select count(*) from emails) + (select count(*) from sign_in_tokens)
      + (select count(*) from pgboss.job where name = 'send-mail') as n`
  )[0]?.n;

test("an admin gets one mail, ahead of bulk mail, whose link signs in", async () => {
  const acme = await account();
  await ask(acme.owner.email.toUpperCase());
  const [token] = await tokens(acme);
  expect(await mails(acme)).toEqual([
    {
      kind: "sign_in_link",
      recipient: acme.owner.email,
      subject_id: token,
      state: "queued",
      priority: 0,
      key: `sign_in_link:${token}`,
    },
  ]);
  const [job] = await roles.sql`select count(*)::int as n from pgboss.job where name = 'send-mail'`;
  expect(job?.n).toBe(1);
  const redeemed = await roles.as("app", () => redeemSignInToken(key, mintLinkToken(key, "sign-in", token)));
  expect(redeemed).toMatchObject({ ok: true, accountSlug: acme.slug });
});

describe("nothing at all happens, and nothing is said, for", () => {
  const strangers: [string, (of: TestAccount) => Promise<string>][] = [
    ["an unknown address", async (of) => `nobody@${of.domain}`],
    ["an address longer than any", async (of) => `${"a".repeat(300)}@${of.domain}`],
    ["no address", async () => ""],
    ["an address with a line break", async (of) => `${of.owner.email}\r\nBcc: x@y.test`],
    [
      "an address that folds to an admin's in some alphabets",
      async (of) => of.owner.email.replace("a", "\u212a"),
    ],
    ["a NUL", async (of) => `${of.owner.email}\0`],
    [
      "a person of an account whose provider speaks for their address, who is no owner",
      async (of) => {
        await connect(of);
        await roles.sql`delete from role_grants where account_id = ${of.id}`;
        return of.owner.email;
      },
    ],
    [
      "a suspended admin",
      async (of) => {
        await roles.sql`update users set status = 'suspended' where account_id = ${of.id}`;
        return of.owner.email;
      },
    ],
    [
      "an admin of a suspended account",
      async (of) => {
        await roles.sql`update accounts set suspended_at = now() where id = ${of.id}`;
        return of.owner.email;
      },
    ],
  ];

  test.each(strangers)("%s", async (_, address) => {
    const email = await address(await account());
    const before = await everything();
    expect(await ask(email)).toBeUndefined();
    expect(await everything()).toBe(before);
  });
});

test("five links in a quarter of an hour, also when forty requests come at once", async () => {
  const acme = await account();
  await Promise.all(Array.from({ length: 40 }, () => ask(acme.owner.email)));
  const atOnce = await tokens(acme);
  expect(atOnce.length).toBeGreaterThan(0);
  expect(atOnce.length).toBeLessThanOrEqual(5);
  for (let n = 0; n < 6; n += 1) await ask(acme.owner.email);
  expect(await tokens(acme)).toHaveLength(5);
  expect(await mails(acme)).toHaveLength(5);
});

test("a quarter of an hour later there are links again", async () => {
  const acme = await account();
  for (let n = 0; n < 6; n += 1) await ask(acme.owner.email);
  await roles.sql`update sign_in_tokens set created_at = created_at - interval '16 minutes' where account_id = ${acme.id}`;
  await ask(acme.owner.email);
  expect(await tokens(acme)).toHaveLength(6);
});

test("the limit of one person is not another's", async () => {
  const [acme, other] = [await account(), await account()];
  for (let n = 0; n < 6; n += 1) await ask(acme.owner.email);
  await ask(other.owner.email);
  expect(await tokens(other)).toHaveLength(1);
});

test("an admin of two accounts gets a link for each", async () => {
  const [acme, other] = [await account(), await account()];
  await roles.sql`update users set email = ${acme.owner.email} where account_id = ${other.id}`;
  await ask(acme.owner.email);
  expect([await tokens(acme), await tokens(other)].map((list) => list.length)).toEqual([1, 1]);
});

test("signing out ends this session at once, and no other", async () => {
  const acme = await account();
  const open: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    const path = await roles.as("owner", acme.signInPath);
    const redeemed = await roles.as("app", () => redeemSignInToken(key, path.replace("/sign-in/", "")));
    if (redeemed.ok) open.push(redeemed.sessionId);
  }
  const [first = "", second = ""] = open;
  await roles.as("app", async () => {
    const actor = await findActor(first);
    if (actor) await endSession(actor);
    expect(await findActor(first)).toBeNull();
    expect(await findActor(second)).not.toBeNull();
  });
});
