import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { UserActor } from "#lib/authorization/actor.ts";
import { networkList } from "#lib/network/network-list.ts";
import { addRoleRule } from "#lib/sign-in/add-role-rule.ts";
import { findConnection } from "#lib/sign-in/find-connection.ts";
import { findSsoConnection } from "#lib/sign-in/find-sso-connection.ts";
import { removeConnection } from "#lib/sign-in/remove-connection.ts";
import { removeRoleRule } from "#lib/sign-in/remove-role-rule.ts";
import { type ConnectionSettings, saveConnection } from "#lib/sign-in/save-connection.ts";
import { switchConnection } from "#lib/sign-in/switch-connection.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { IdentityProvider } from "#tests/support/identity-provider.ts";
import { newAccount } from "./sso-account.ts";

process.env.ROLLCALL_SECRET_KEYS = `test1:${randomBytes(32).toString("base64")}`;
const network = { opened: networkList("127.0.0.0/8") };
let roles: Roles;
let idp: IdentityProvider;
let actor: UserActor;

beforeAll(async () => {
  roles = await openRoles();
});
afterAll(() => roles.end());
beforeEach(async () => {
  idp = await new IdentityProvider().start();
  actor = ownerOf(await newAccount(roles));
});
afterEach(() => idp.stop());

const as = <T>(work: () => Promise<T>) => roles.as("app", work);
const wish = (over: Partial<ConnectionSettings> = {}): ConnectionSettings => ({
  name: "Acme",
  issuer: idp.issuer,
  clientId: "rollcall",
  secret: "a secret of the client",
  groupsClaim: "groups",
  rolesMode: "add",
  trustsAddresses: false,
  ...over,
});
const save = (over: Partial<ConnectionSettings> = {}, by = actor, test = false) =>
  as(() => saveConnection(by, network, wish(over), { test }));
const view = () => as(() => findConnection(actor));
const custom = (...privileges: string[]): UserActor =>
  ({ ...actor, isOwner: false, privileges: new Set(privileges) }) as UserActor;

test("a secret is sealed for its row, opened to sign in, and in no view, event or other column", async () => {
  expect(await save()).toEqual({ ok: true, fault: null });
  expect(await as(() => switchConnection(actor, true))).toMatchObject({ ok: true });
  const seen = await view();
  expect(seen).toMatchObject({ hasSecret: true, tested: true, enabled: true, setByOwner: true });
  expect(await as(() => findSsoConnection(seen?.id ?? ""))).toMatchObject({
    clientSecret: "a secret of the client",
  });
  const everything = await roles.sql`select to_jsonb(c)::text as row from sso_connections c
    union all select to_jsonb(e)::text from audit_events e where account_id = ${actor.accountId}`;
  expect(JSON.stringify([seen, everything])).not.toContain("a secret of the client");
  const other = ownerOf(await newAccount(roles));
  await roles.sql`insert into sso_connections (account_id, name, issuer, client_id, enabled, sealed_secret)
    select ${other.accountId}, name, issuer, client_id, true, sealed_secret from sso_connections where id = ${seen?.id ?? ""}`;
  const moved = await as(() => findConnection(other));
  await expect(as(() => findSsoConnection(moved?.id ?? ""))).rejects.toThrow();
});

test("no secret keeps the one there is, and another issuer asks for it again", async () => {
  await save();
  expect(await save({ secret: null, name: "Other" })).toMatchObject({ ok: true });
  expect(await view()).toMatchObject({ hasSecret: true, name: "Other", tested: true });
  expect(await save({ secret: null, issuer: `${idp.issuer}/other` })).toEqual({
    ok: false,
    reason: "secret_needed",
  });
});

test("only what passed the test as it is saved is switched on", async () => {
  expect(await as(() => switchConnection(actor, true))).toEqual({ ok: false, reason: "no_connection" });
  idp.misbehave({ keys: (answer) => answer.end('{"keys":[]}') });
  expect(await save()).toMatchObject({ ok: true, fault: { step: "keys" } });
  expect(await as(() => switchConnection(actor, true))).toEqual({ ok: false, reason: "untested" });
  idp.misbehave({});
  expect(await save({ secret: null }, actor, true)).toEqual({ ok: true, fault: null });
  expect(await as(() => switchConnection(actor, true))).toMatchObject({ ok: true });
});

test("what people sign in through is not replaced by what fails its test", async () => {
  await save();
  await as(() => switchConnection(actor, true));
  idp.misbehave({ configuration: (honest) => ({ ...honest, issuer: "https://other.test" }) });
  expect(await save({ clientId: "other" })).toMatchObject({ ok: false, reason: "would_break" });
  expect(await view()).toMatchObject({ clientId: "rollcall", enabled: true });
});

test("switching off, removing and another issuer end the sessions opened through it, and no others", async () => {
  await save();
  await as(() => switchConnection(actor, true));
  const [connection] = await roles.sql`select id from sso_connections where account_id = ${actor.accountId}`;
  const open = () => roles.sql`insert into sessions (account_id, user_id, method, connection_id, expires_at)
    values (${actor.accountId}, ${actor.userId}, 'sso', ${connection?.id}, now() + interval '1 hour'),
      (${actor.accountId}, ${actor.userId}, 'email_link', null, now() + interval '1 hour')`;
  const living = async () =>
    (
      await roles.sql`select distinct method from sessions where account_id = ${actor.accountId} and ended_at is null`
    ).map((row) => row.method);
  await open();
  expect(await as(() => switchConnection(actor, false))).toEqual({ ok: true, ended: 1 });
  expect(await living()).toEqual(["email_link"]);
  await open();
  await as(() => removeConnection(actor));
  expect([await living(), await view()]).toEqual([["email_link"], null]);
});

test("whoever lacks a privilege names no provider, and trusts none more", async () => {
  const some = custom("sign_in_settings", "users.view");
  expect(await save({}, some)).toEqual({ ok: false, reason: "above_you" });
  await save();
  expect(await save({ secret: "another" }, some)).toEqual({ ok: false, reason: "above_you" });
  expect(await save({ secret: null, clientId: "x" }, some)).toEqual({ ok: false, reason: "above_you" });
  expect(await save({ secret: null, trustsAddresses: true }, some)).toEqual({
    ok: false,
    reason: "above_you",
  });
  expect(await save({ secret: null, name: "Ours" }, some)).toMatchObject({ ok: true });
  await expect(save({}, custom("users.view"))).rejects.toThrow("not allowed");
});

test("an admin's provider is not an owner's word, until an owner switches it on", async () => {
  await save();
  expect(await save({ secret: "another" }, { ...actor, isOwner: false })).toMatchObject({ ok: true });
  expect(await view()).toMatchObject({ setByOwner: false });
  await as(() => switchConnection({ ...actor, isOwner: false }, true));
  expect(await view()).toMatchObject({ setByOwner: false });
  await as(() => switchConnection(actor, true));
  expect(await view()).toMatchObject({ setByOwner: true });
});

test("a group gives no more than its rule's author holds, and never Owner", async () => {
  const role = async (kind: string) =>
    (await roles.sql`select id from roles where account_id = ${actor.accountId} and kind = ${kind}`)[0]
      ?.id as string;
  const rule = async (roleId: string, by = actor) => as(() => addRoleRule(by, { group: "staff", roleId }));
  expect(await rule(await role("admin"))).toEqual({ ok: false, reason: "no_connection" });
  await save();
  expect(await rule(await role("owner"))).toEqual({ ok: false, reason: "owner" });
  expect(await rule(await role("admin"), custom("sign_in_settings"))).toEqual({
    ok: false,
    reason: "above_you",
  });
  expect(await rule("0190a000-0000-7000-8000-000000000001")).toEqual({ ok: false, reason: "no_role" });
  expect(await rule(await role("admin"))).toEqual({ ok: true });
  expect((await view())?.rules).toMatchObject([{ group: "staff", roleName: "Admin" }]);
});

test("whoever lacks a privilege changes no claim, takes no rule above them, and removes nothing", async () => {
  await save();
  const some = custom("sign_in_settings", "users.view");
  const [role] =
    await roles.sql`select id from roles where account_id = ${actor.accountId} and kind = 'admin'`;
  const rule = { group: "it", roleId: role?.id as string };
  await as(() => addRoleRule(actor, rule));
  const above = { ok: false, reason: "above_you" };
  expect(await save({ secret: null, groupsClaim: "nickname" }, some)).toEqual(above);
  expect(await save({ secret: null, rolesMode: "replace" }, some)).toEqual(above);
  expect(await as(() => removeRoleRule(some, rule))).toEqual(above);
  expect(await as(() => removeConnection(some))).toEqual(above);
  expect((await view())?.rules.length).toBe(1);
  expect(await as(() => removeRoleRule(actor, rule))).toEqual({ ok: true });
});

test("of two who save at once one is told, and of two who save one after the other both have", async () => {
  const refused = { ok: false, reason: "changed_meanwhile" };
  const rounds = [];
  for (let at = 0; at < 10; at += 1)
    rounds.push(await Promise.all([save({ name: `One ${at}` }), save({ name: `Two ${at}` })]));
  for (const round of rounds) {
    expect(round.some(({ ok }) => ok)).toBe(true);
    expect(round.filter(({ ok }) => !ok)).toEqual(round.filter(({ ok }) => !ok).map(() => refused));
  }
  expect(rounds.flat()).toContainEqual(refused);
});
