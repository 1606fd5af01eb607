import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { grantRole } from "#lib/roles/grant-role.ts";
import { grantRoleToGroup } from "#lib/roles/grant-role-to-group.ts";
import { listAdmins } from "#lib/roles/list-admins.ts";
import { listGroupRoles } from "#lib/roles/list-group-roles.ts";
import { takeRole } from "#lib/roles/take-role.ts";
import { takeRoleFromGroup } from "#lib/roles/take-role-from-group.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { staffOf } from "./staff.ts";

const key = randomBytes(32).toString("base64");
let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

async function setUp() {
  const account = await roles.as("owner", () => makeAccount(key));
  const staff = staffOf(roles, account);
  return {
    account,
    staff,
    owner: await staff.actor(account.owner.id),
    ownerRole: await staff.builtIn("owner"),
  };
}

const app = <T>(work: () => Promise<T>) => roles.as("app", work);

describe("bad input", () => {
  test.each(["", "nobody@nowhere.test", "x\0@y.test", "İ@acme.test", `${"a".repeat(300)}@y.test`])(
    "for the address %j there is nobody",
    async (email) => {
      const { owner, staff } = await setUp();
      const roleId = await staff.role("R", []);
      expect(await app(() => grantRole(owner, { roleId, email }))).toEqual({ ok: false, reason: "nobody" });
    },
  );

  test("people, groups and roles of another account are unknown here", async () => {
    const [here, there] = [await setUp(), await setUp()];
    const roleId = await here.staff.role("R", []);
    const foreignRole = await there.staff.role("R", []);
    const stranger = await there.staff.person("stranger");
    const group = await there.staff.group("Theirs", [stranger.id]);
    const say = async (asked: Promise<{ ok: boolean }>) => (await asked) as { reason?: string };
    expect(await say(app(() => grantRole(here.owner, { roleId, email: stranger.email })))).toMatchObject({
      reason: "nobody",
    });
    const email = here.account.owner.email;
    expect(await say(app(() => grantRole(here.owner, { roleId: foreignRole, email })))).toMatchObject({
      reason: "no_such_role",
    });
    expect(await say(app(() => grantRoleToGroup(here.owner, { roleId, group: "Theirs" })))).toMatchObject({
      reason: "no_such_group",
    });
    expect(
      await say(app(() => takeRole(here.owner, { roleId: there.ownerRole, userId: there.account.owner.id }))),
    ).toMatchObject({ reason: "no_such_role" });
    expect(await say(app(() => takeRoleFromGroup(here.owner, { roleId, groupId: group })))).toMatchObject({
      reason: "not_held",
    });
  });

  test("a suspended person is given none, and nobody the same twice", async () => {
    const { owner, staff } = await setUp();
    const roleId = await staff.role("R", []);
    const { email } = await staff.person("gone", "suspended");
    expect(await app(() => grantRole(owner, { roleId, email }))).toMatchObject({ reason: "suspended" });
    const dora = await staff.person("dora");
    expect(
      await app(() => grantRole(owner, { roleId, email: ` ${dora.email.toUpperCase()} ` })),
    ).toMatchObject({ ok: true, name: "dora" });
    expect(await app(() => grantRole(owner, { roleId, email: dora.email }))).toMatchObject({
      reason: "held_already",
    });
    expect(await app(() => takeRole(owner, { roleId, userId: randomUUID() }))).toMatchObject({
      reason: "not_held",
    });
  });
});

test("a role is given and taken, and the loss of the last one ends the person's sessions", async () => {
  const { owner, staff } = await setUp();
  const dora = await staff.person("dora");
  const [first, second] = [await staff.role("First", ["users.view"]), await staff.role("Second", [])];
  await app(() => grantRole(owner, { roleId: first, email: dora.email }));
  await app(() => grantRole(owner, { roleId: second, email: dora.email }));
  const actor = await staff.actor(dora.id);
  expect([...actor.privileges]).toEqual(["users.view"]);
  await app(() => takeRole(owner, { roleId: first, userId: dora.id }));
  expect(await staff.lives(actor), "still holds the second").toBe(true);
  expect(await app(() => takeRole(owner, { roleId: second, userId: dora.id }))).toEqual({
    ok: true,
    endedSessions: 1,
  });
  expect(await staff.lives(actor)).toBe(false);
  const [granted] = await staff.events("role.granted");
  expect(granted).toMatchObject({
    actor_id: owner.userId,
    subject_id: dora.id,
    details: { role: "First", changes: [{ field: "roles", before: null, after: "First" }] },
  });
  expect((await staff.events("role.revoked")).map(({ details }) => details)).toMatchObject([
    { changes: [{ field: "roles", before: "First, Second", after: "Second" }], endedSessions: 0 },
    { changes: [{ field: "roles", before: "Second", after: null }], endedSessions: 1 },
  ]);
});

test("members of a group hold its role while it does; whom it leaves without any is signed out", async () => {
  const { owner, staff } = await setUp();
  const [dora, emil] = [await staff.person("dora"), await staff.person("emil")];
  const groupId = await staff.group("Service Desk", [dora.id, emil.id]);
  const roleId = await staff.role("Desk", ["users.view"]);
  await staff.give(emil.id, await staff.role("Other", []));
  const granted = await app(() => grantRoleToGroup(owner, { roleId, group: " service desk " }));
  expect(granted).toEqual({ ok: true, groupName: "Service Desk", roleName: "Desk" });
  const [asDora, asEmil] = [await staff.actor(dora.id), await staff.actor(emil.id)];
  expect([...asDora.privileges]).toEqual(["users.view"]);
  const { held } = await app(() => listGroupRoles(owner));
  expect(held).toMatchObject([{ groupId, groupName: "Service Desk", members: 2, role: { id: roleId } }]);
  expect(await app(() => takeRoleFromGroup(owner, { roleId, groupId }))).toEqual({
    ok: true,
    endedSessions: 1,
  });
  expect([await staff.lives(asDora), await staff.lives(asEmil)]).toEqual([false, true]);
  expect(await staff.events("role.granted")).toHaveLength(1);
  expect(await staff.events("role.revoked")).toHaveLength(1);
});

test("the list says how somebody holds a role; owners come first, and there are pages", async () => {
  const { account, owner, staff, ownerRole } = await setUp();
  const roleId = await staff.role("Desk", []);
  const dora = await staff.person("dora");
  const groupId = await staff.group("Crew", [dora.id]);
  await staff.give(dora.id, roleId);
  await staff.give(dora.id, roleId, "sso");
  await app(() => grantRoleToGroup(owner, { roleId, group: "Crew" }));
  for (let n = 0; n < 60; n += 1) await staff.give((await staff.person(`p${n}`)).id, roleId);
  const last = await staff.person("late-owner");
  await staff.give(last.id, ownerRole);
  const page = await app(() => listAdmins(owner));
  expect(page.rows).toHaveLength(50);
  expect(page.rows.slice(0, 3).map(({ userId }) => userId)).toEqual([account.owner.id, last.id, dora.id]);
  expect(page.rows[2]?.roles.map(({ via, group }) => [via, group])).toEqual([
    ["group", "Crew"],
    ["manual", null],
    ["sso", null],
  ]);
  const next = await app(() => listAdmins(owner, { after: page.next ?? "" }));
  expect(next.rows).toHaveLength(13);
  const back = await app(() => listAdmins(owner, { before: next.previous ?? "" }));
  expect(back.rows.map(({ userId }) => userId)).toEqual(page.rows.map(({ userId }) => userId));
  expect(groupId).not.toBe("");
});

describe("the ceiling", () => {
  test("nobody gives or takes what they lack; Owner is the owners' own", async () => {
    const { account, staff, ownerRole } = await setUp();
    const clerk = await staff.admin("clerk", ["roles", "users.view"]);
    const boss = await staff.admin("boss", [...(await staff.actor(account.owner.id)).privileges]);
    const dora = await staff.person("dora");
    const adminRole = await staff.builtIn("admin");
    await staff.group("Crew", [dora.id]);
    const above = { ok: false, reason: "above_you" };
    for (const [actor, roleId] of [
      [clerk.actor, adminRole],
      [clerk.actor, ownerRole],
      [boss.actor, ownerRole],
    ] as const) {
      expect(await app(() => grantRole(actor, { roleId, email: dora.email }))).toEqual(above);
      expect(await app(() => grantRoleToGroup(actor, { roleId, group: "Crew" }))).toEqual(above);
      const userId = account.owner.id;
      expect(await app(() => takeRole(actor, { roleId, userId }))).toEqual(above);
      expect(await app(() => takeRoleFromGroup(actor, { roleId, groupId: userId }))).toEqual(above);
    }
    const given = await app(() => grantRole(boss.actor, { roleId: adminRole, email: dora.email }));
    expect(given).toMatchObject({ ok: true });
  });

  test("nobody gives a role to themselves, nor to a group that they are in", async () => {
    const { account, owner, staff } = await setUp();
    const clerk = await staff.admin("clerk", ["roles", "users.view"]);
    const roleId = await staff.role("Same", ["users.view"]);
    await staff.group("Crew", [clerk.id, account.owner.id]);
    const oneself = { ok: false, reason: "oneself" };
    expect(await app(() => grantRole(clerk.actor, { roleId, email: clerk.email }))).toEqual(oneself);
    expect(await app(() => grantRoleToGroup(clerk.actor, { roleId, group: "Crew" }))).toEqual(oneself);
    expect(await app(() => grantRoleToGroup(owner, { roleId, group: "Crew" }))).toMatchObject({ ok: true });
  });
});

describe("the last owner stays", () => {
  test("while nobody else owns the account, be it directly or through a group", async () => {
    const { account, owner, staff, ownerRole } = await setUp();
    const last = { ok: false, reason: "last_owner" };
    const take = (userId = account.owner.id) => app(() => takeRole(owner, { roleId: ownerRole, userId }));
    expect(await take()).toEqual(last);
    await staff.give((await staff.person("gone", "suspended")).id, ownerRole);
    await staff.give((await staff.person("invited", "invited")).id, ownerRole);
    expect(await take(), "who cannot sign in does not count").toEqual(last);
    const dora = await staff.person("dora");
    const groupId = await staff.group("Board", [dora.id]);
    await app(() => grantRoleToGroup(owner, { roleId: ownerRole, group: "Board" }));
    expect(await take()).toMatchObject({ ok: true });
    const asDora = await staff.actor(dora.id);
    expect(asDora.isOwner).toBe(true);
    expect(await app(() => takeRoleFromGroup(asDora, { roleId: ownerRole, groupId }))).toEqual(last);
  });

  test.each([1, 2, 3, 4, 5])("of two who remove each other at once exactly one is left (%i)", async () => {
    const { account, owner, staff, ownerRole } = await setUp();
    const dora = await staff.person("dora");
    await staff.give(dora.id, ownerRole);
    const other = await staff.actor(dora.id);
    const done = await Promise.allSettled([
      app(() => takeRole(owner, { roleId: ownerRole, userId: dora.id })),
      app(() => takeRole(other, { roleId: ownerRole, userId: account.owner.id })),
    ]);
    const won = done.filter((each) => each.status === "fulfilled" && each.value.ok);
    expect(won).toHaveLength(1);
    const lost = done.find((each) => each.status === "rejected");
    expect(lost?.reason).toBeInstanceOf(NotAllowed);
    const left = await roles.sql`select user_id from role_grants where role_id = ${ownerRole}`;
    expect(left).toHaveLength(1);
    expect([await staff.lives(owner), await staff.lives(other)].filter(Boolean)).toHaveLength(1);
  });

  test("of two who step down at once one stays", async () => {
    const { account, owner, staff, ownerRole } = await setUp();
    const dora = await staff.person("dora");
    await staff.give(dora.id, ownerRole);
    const other = await staff.actor(dora.id);
    const down = await Promise.all([
      app(() => takeRole(owner, { roleId: ownerRole, userId: account.owner.id })),
      app(() => takeRole(other, { roleId: ownerRole, userId: dora.id })),
    ]);
    expect(down.filter(({ ok }) => ok)).toHaveLength(1);
    expect(down).toContainEqual({ ok: false, reason: "last_owner" });
  });
});
