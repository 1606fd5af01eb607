import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { acme, claimsOf, complete, newAccount, refusedFor } from "./sso-account.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

type Made = Awaited<ReturnType<typeof acme>>;

const cases: [string, string, (of: Made) => Promise<Record<string, unknown>>][] = [
  [
    "an unconfirmed address",
    "address_not_confirmed",
    async ({ grace }) => claimsOf(grace.email, { email_verified: false }),
  ],
  [
    "an address of which nobody says whether it is confirmed",
    "address_not_confirmed",
    async ({ grace }) => claimsOf(grace.email, { email_verified: undefined }),
  ],
  [
    "a confirmation in words",
    "address_not_confirmed",
    async ({ grace }) => claimsOf(grace.email, { email_verified: "true" }),
  ],
  ["no address", "no_address", async () => ({ sub: "1", email_verified: true })],
  ["two addresses in one", "address_not_confirmed", async ({ grace }) => claimsOf(`x@y.test,${grace.email}`)],
  [
    "an address that another letter makes look the same",
    "address_not_confirmed",
    async ({ grace }) => claimsOf(grace.email.replace("grace", "\u212a"), { sub: "1" }),
  ],
  ["a stranger", "unknown_person", async ({ account }) => claimsOf(`nobody@${account.domain}`)],
  [
    "an address outside the account's domains",
    "foreign_domain",
    async ({ account }) => {
      await roles.sql`insert into users (account_id, email, status, source) values (${account.id}, 'guest@elsewhere.test', 'active', 'import')`;
      return claimsOf("guest@elsewhere.test");
    },
  ],
  [
    "an address of a domain that is not verified yet",
    "foreign_domain",
    async ({ account, grace }) => {
      await roles.sql`update account_domains set verified_at = null where account_id = ${account.id}`;
      return claimsOf(grace.email);
    },
  ],
  [
    "an address of another account's domain",
    "foreign_domain",
    async ({ account }) => {
      const other = await newAccount(roles);
      await roles.sql`insert into users (account_id, email, status, source) values (${account.id}, ${other.owner.email}, 'active', 'import')`;
      return claimsOf(other.owner.email);
    },
  ],
  [
    "a token of another issuer",
    "not_proven",
    async ({ grace }) => claimsOf(grace.email, { iss: "https://id.other.test" }),
  ],
  ["a token without a subject", "not_proven", async ({ grace }) => claimsOf(grace.email, { sub: "" })],
  [
    "a subject longer than any",
    "not_proven",
    async ({ grace }) => claimsOf(grace.email, { sub: "s".repeat(256) }),
  ],
  [
    "an owner, where no owner has confirmed the connection",
    "owner_not_trusted",
    async ({ account }) => claimsOf(account.owner.email),
  ],
];

describe("refused, and written down, is", () => {
  test.each(cases)("%s", async (_, reason, bring) => {
    const made = await acme(roles);
    expect(await refusedFor(roles, made.connectionId, made.account, await bring(made))).toBe(reason);
  });

  test.each([
    ["suspended", "suspended"],
    ["not_invited", "unknown_person"],
    ["invited", "unknown_person"],
    ["deleted", "unknown_person"],
  ])("a person who is %s", async (status, reason) => {
    const { account, connectionId, grace } = await acme(roles, {}, status);
    expect(await refusedFor(roles, connectionId, account, claimsOf(grace.email))).toBe(reason);
  });

  test("a person who was suspended after they were bound, and one whose domain was given up", async () => {
    const { account, connectionId, grace } = await acme(roles);
    await complete(roles, connectionId, claimsOf(grace.email));
    await roles.sql`delete from sessions where account_id = ${account.id}`;
    await roles.sql`update users set status = 'suspended' where id = ${grace.id}`;
    expect(await refusedFor(roles, connectionId, account, claimsOf(grace.email))).toBe("suspended");
    await roles.sql`update users set status = 'active' where id = ${grace.id}`;
    await roles.sql`delete from account_domains where account_id = ${account.id}`;
    expect(await refusedFor(roles, connectionId, account, claimsOf(grace.email))).toBe("foreign_domain");
  });
});
