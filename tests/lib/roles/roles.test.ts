import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { deleteRole } from "#lib/roles/delete-role.ts";
import { editRole } from "#lib/roles/edit-role.ts";
import { listRoles } from "#lib/roles/list-roles.ts";
import { makeRole } from "#lib/roles/make-role.ts";
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
  return { account, staff, owner: await staff.actor(account.owner.id) };
}

const app = <T>(work: () => Promise<T>) => roles.as("app", work);
const wish = (name: string, privileges: string[] = ["users.view"], description = "") => ({
  name,
  description,
  privileges,
});

describe("bad input", () => {
  test.each(["", "   ", "x".repeat(61), "a\u0000b", "right\u202eleft"])(
    "the name %j is refused",
    async (name) => {
      const { owner, staff } = await setUp();
      expect(await app(() => makeRole(owner, wish(name)))).toEqual({ ok: false, reason: "bad_name" });
      expect(await staff.events("role.created")).toHaveLength(0);
    },
  );

  test("privileges that do not exist are left out; a description may not be endless", async () => {
    const { owner } = await setUp();
    const made = await app(() => makeRole(owner, wish("R", ["users.view", "everything", "__proto__"])));
    expect(made).toMatchObject({ ok: true });
    const listed = await app(() => listRoles(owner));
    expect(listed.map(({ name, privileges }) => [name, privileges.length])).toEqual([
      ["Owner", 14],
      ["Admin", 14],
      ["R", 1],
    ]);
    expect(await app(() => makeRole(owner, wish("S", [], "x".repeat(201))))).toMatchObject({ ok: false });
  });

  test("a name is there once, whatever its letter case", async () => {
    const { owner } = await setUp();
    for (const name of ["OWNER", "admin"])
      expect(await app(() => makeRole(owner, wish(name)))).toMatchObject({ reason: "name_taken" });
    const made = await app(() => makeRole(owner, wish("Helpdesk")));
    if (!made.ok) throw new Error("not made");
    expect(await app(() => makeRole(owner, wish("  helpdesk ")))).toMatchObject({
      reason: "name_taken",
    });
    expect(await app(() => editRole(owner, made.id, wish("HELPDESK")))).toMatchObject({ ok: true });
  });

  test("a role of another account is none", async () => {
    const [here, there] = [await setUp(), await setUp()];
    const foreign = await there.staff.role("Foreign", []);
    expect(await app(() => editRole(here.owner, foreign, wish("X")))).toMatchObject({
      reason: "no_such_role",
    });
    expect(await app(() => deleteRole(here.owner, foreign))).toMatchObject({ reason: "no_such_role" });
    expect(await app(() => deleteRole(here.owner, randomUUID()))).toMatchObject({ reason: "no_such_role" });
  });
});

test("a role is made, edited and deleted, each with an event of what was before and after", async () => {
  const { owner, staff } = await setUp();
  const made = await app(() => makeRole(owner, wish("Viewers", ["users.view"], "They look.")));
  if (!made.ok) throw new Error("not made");
  await app(() => editRole(owner, made.id, wish("Lookers", ["audit", "users.view"])));
  await app(() => deleteRole(owner, made.id));
  const [created] = await staff.events("role.created");
  expect(created).toMatchObject({ actor_id: owner.userId, subject_id: made.id });
  expect(created?.details.changes).toEqual([
    { field: "name", before: null, after: "Viewers" },
    { field: "description", before: null, after: "They look." },
    { field: "privileges", before: null, after: "Users – View" },
  ]);
  expect((await staff.events("role.changed"))[0]?.details.changes).toEqual([
    { field: "name", before: "Viewers", after: "Lookers" },
    { field: "description", before: "They look.", after: null },
    { field: "privileges", before: "Users – View", after: "Users – View, Audit" },
  ]);
  expect((await staff.events("role.deleted"))[0]?.details.changes).toEqual([
    { field: "name", before: "Lookers", after: null },
    { field: "privileges", before: "Users – View, Audit", after: null },
  ]);
});

test("Owner and Admin are fixed", async () => {
  const { owner, staff } = await setUp();
  for (const kind of ["owner", "admin"] as const) {
    const id = await staff.builtIn(kind);
    expect(await app(() => editRole(owner, id, wish("X")))).toEqual({ ok: false, reason: "built_in" });
    expect(await app(() => deleteRole(owner, id))).toEqual({ ok: false, reason: "built_in" });
  }
});

describe("the ceiling", () => {
  test("nobody makes, edits or deletes a role with a privilege that they lack", async () => {
    const { staff } = await setUp();
    const { actor } = await staff.admin("clerk", ["roles", "users.view"]);
    const above = { ok: false, reason: "above_you" };
    expect(await app(() => makeRole(actor, wish("R", ["users.view", "audit"])))).toEqual(above);
    const strong = await staff.role("Strong", ["audit"]);
    expect(await app(() => editRole(actor, strong, wish("Weak", [])))).toEqual(above);
    expect(await app(() => deleteRole(actor, strong))).toEqual(above);
    const weak = await staff.role("Weak", ["users.view"]);
    expect(await app(() => editRole(actor, weak, wish("Weak", ["audit"])))).toEqual(above);
    expect(await app(() => editRole(actor, weak, wish("Weaker", ["roles"])))).toMatchObject({ ok: true });
  });

  test("nobody edits a role that they hold themselves, but an owner", async () => {
    const { account, owner, staff } = await setUp();
    const { actor, roleId } = await staff.admin("clerk", ["roles", "users.view"]);
    const edit = (by = actor) => app(() => editRole(by, roleId, wish("Mine", ["roles"])));
    expect(await edit()).toEqual({ ok: false, reason: "oneself" });
    await staff.give(account.owner.id, roleId);
    expect(await edit(owner)).toMatchObject({ ok: true });
  });

  test("who lost the privilege since the request came in changes nothing", async () => {
    const { owner, staff, account } = await setUp();
    const { actor, roleId } = await staff.admin("clerk", ["roles"]);
    await app(() => editRole(owner, roleId, wish("role of clerk", [])));
    await expect(app(() => makeRole(actor, wish("R", [])))).rejects.toThrow(NotAllowed);
    await roles.sql`update users set status = 'suspended' where id = ${account.owner.id}`;
    await expect(app(() => makeRole(owner, wish("R", [])))).rejects.toThrow(NotAllowed);
  });
});

describe("a role that is held is not deleted, and who holds it is said", () => {
  test("by a person, by a group, by a rule of single sign-on", async () => {
    const { account, owner, staff } = await setUp();
    const id = await staff.role("Held", []);
    for (const name of ["a", "b", "c", "d", "e"]) await staff.give((await staff.person(name)).id, id);
    const group = await staff.group("Desk", []);
    await roles.sql`insert into group_role_grants (account_id, group_id, role_id) values (${account.id}, ${group}, ${id})`;
    const [connection] = await roles.sql`insert into sso_connections (account_id, name, issuer, client_id)
      values (${account.id}, 'Acme', 'https://id.test', 'c') returning id`;
    await roles.sql`insert into sso_role_rules (account_id, connection_id, claimed_group, role_id)
      values (${account.id}, ${connection?.id}, 'it', ${id})`;
    expect(await app(() => deleteRole(owner, id))).toEqual({
      ok: false,
      reason: "held",
      holders: ["the group Desk", "the sign-in rule for it", "a", "b", "c"],
      more: 2,
    });
  });
});
