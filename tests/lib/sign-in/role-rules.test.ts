import { afterAll, beforeAll, expect, test } from "vitest";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { acme, type Connection, claimsOf, complete } from "./sso-account.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

/** A connection whose groups give: "it" Admin, "desk" a custom role, "top" Owner by a row that no page would write. */
async function ruled(connection: Connection = {}) {
  const made = await acme(roles, connection);
  const { account, connectionId, grace } = made;
  await roles.sql`insert into roles (account_id, kind, name, privileges) values (${account.id}, 'custom', 'Desk', '{users.view}')`;
  const rule = (
    group: string,
    name: string,
  ) => roles.sql`insert into sso_role_rules (account_id, connection_id, claimed_group, role_id)
    select ${account.id}, ${connectionId}, ${group}, id from roles where account_id = ${account.id} and name = ${name}`;
  for (const [group, name] of [
    ["it", "Admin"],
    ["desk", "Desk"],
    ["top", "Owner"],
  ] as const)
    await rule(group, name);
  const give = (name: string) => roles.sql`insert into role_grants (account_id, user_id, role_id)
    select ${account.id}, ${grace.id}, id from roles where account_id = ${account.id} and name = ${name}`;
  const held = async () =>
    (
      await roles.sql`select r.name || ' ' || g.source as held from role_grants g join roles r on r.id = g.role_id
      where g.user_id = ${grace.id} order by 1`
    ).map((row) => row.held);
  const comes = (groups?: unknown, more: object = {}) =>
    complete(roles, connectionId, claimsOf(grace.email, { groups, ...more }));
  return { ...made, give, held, comes };
}

test("groups give their roles, and take back what they gave and nothing else", async () => {
  const { give, held, comes, account } = await ruled();
  await give("Desk");
  await comes(["it", "desk", "unknown"]);
  expect(await held()).toEqual(["Admin sso", "Desk manual", "Desk sso"]);
  await comes(["desk"]);
  expect(await held()).toEqual(["Desk manual", "Desk sso"]);
  await comes(undefined);
  expect(await held()).toEqual(["Desk manual"]);
  const written = await roles.sql`select action, details->>'role' as role from audit_events
    where account_id = ${account.id} and action like 'role.%' order by id`;
  expect(written.map((row) => `${row.action} ${row.role}`)).toEqual([
    "role.granted Admin",
    "role.granted Desk",
    "role.revoked Admin",
    "role.revoked Desk",
  ]);
});

test("where groups replace, they are all the roles there are, but for Owner", async () => {
  const { give, held, comes } = await ruled({ roles_mode: "replace", set_by_owner: true });
  await give("Desk");
  await give("Owner");
  await comes(["it"]);
  expect(await held()).toEqual(["Admin sso", "Owner manual"]);
});

test("groups replace nothing while there is no rule", async () => {
  const { give, held, comes, account } = await ruled({ roles_mode: "replace" });
  await roles.sql`delete from sso_role_rules where account_id = ${account.id}`;
  await give("Desk");
  await comes(["it"]);
  expect(await held()).toEqual(["Desk manual"]);
});

test("no group makes an owner", async () => {
  const { held, comes } = await ruled();
  await comes(["top"]);
  expect(await held()).toEqual([]);
});

test("groups of which the token cannot tell change nothing", async () => {
  const { held, comes } = await ruled();
  await comes(["it"]);
  await comes(undefined, { _claim_names: { groups: "src1" } });
  expect(await held()).toEqual(["Admin sso"]);
});

test.each([["it"], [{ it: true }], [7], [["it ", "IT", null, 3]], [[["desk"]]]])(
  "a claim of %j is read strictly",
  async (groups) => {
    const { held, comes } = await ruled();
    await comes(groups);
    expect(await held()).toEqual(groups === "it" ? ["Admin sso"] : []);
  },
);

test("without any owner left an admin keeps the role that a group gave", async () => {
  const { held, comes, account } = await ruled();
  await comes(["it"]);
  await roles.sql`update users set status = 'suspended' where id = ${account.owner.id}`;
  await comes([]);
  expect(await held()).toEqual(["Admin sso"]);
  await roles.sql`update users set status = 'active' where id = ${account.owner.id}`;
  await comes([]);
  expect(await held()).toEqual([]);
});
