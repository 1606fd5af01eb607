import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { completeSso } from "#lib/sign-in/complete-sso.ts";
import type { Roles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

const key = randomBytes(32).toString("base64");
export const issuer = "https://id.acme.test";
export const visitor = { ip: "192.0.2.7", userAgent: "Browser/1" };

export const newAccount = (roles: Roles): Promise<TestAccount> => roles.as("owner", () => makeAccount(key));

export type Connection = {
  set_by_owner?: boolean;
  trusts_addresses?: boolean;
  roles_mode?: string;
  enabled?: boolean;
};

/** An account with a connection that is switched on, and one person, Grace, of status `status`. */
export async function acme(roles: Roles, connection: Connection = {}, status = "active") {
  const account = await newAccount(roles);
  const row = {
    account_id: account.id,
    name: "Acme",
    issuer,
    client_id: "rollcall",
    enabled: true,
    ...connection,
  };
  const [made] = await roles.sql`insert into sso_connections ${roles.sql(row)} returning id`;
  return { account, connectionId: made?.id as string, grace: await person(roles, account, "grace", status) };
}

export async function person(roles: Roles, account: TestAccount, name: string, status = "active") {
  const email = `${name}@${account.domain}`;
  const [made] = await roles.sql`insert into users (account_id, email, status, source)
    values (${account.id}, ${email}, ${status}, 'import') returning id`;
  return { id: made?.id as string, email };
}

export const complete = (roles: Roles, connectionId: string, claims: Record<string, unknown>) =>
  roles.as("app", () => completeSso(connectionId, { iss: issuer, ...claims }, visitor));
export const claimsOf = (email: string, more: object = {}) => ({
  sub: `sub of ${email}`,
  email,
  email_verified: true,
  ...more,
});
export const identities = (roles: Roles, account: TestAccount) => roles.sql`
  select user_id, issuer, subject from identities where account_id = ${account.id}`;
export const events = async (roles: Roles, account: TestAccount) =>
  (await roles.sql`select action, details, actor_id, ip from audit_events where account_id = ${account.id}
    and action not in ('account.created', 'owner.added') order by id`) as unknown as {
    action: string;
    details: Record<string, unknown>;
    actor_id: string | null;
    ip: string | null;
  }[];

/** The reason that is told and written down; nobody was signed in, and nobody bound. */
export async function refusedFor(
  roles: Roles,
  connectionId: string,
  account: TestAccount,
  claims: Record<string, unknown>,
) {
  const before = await identities(roles, account);
  const answer = await complete(roles, connectionId, claims);
  const sessions = await roles.sql`select from sessions where account_id = ${account.id}`;
  expect([sessions.length, await identities(roles, account)]).toEqual([0, before]);
  const [last] = (await events(roles, account)).slice(-1);
  expect(last).toMatchObject({ action: "sign_in.refused", ip: visitor.ip });
  expect(answer).toEqual({ ok: false, reason: last?.details.reason });
  return last?.details.reason;
}
