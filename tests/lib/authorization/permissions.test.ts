import { expect, test } from "vitest";
import { systemActor, type UserActor } from "#lib/authorization/actor.ts";
import { authorize, isAllowed, NotAllowed } from "#lib/authorization/authorize.ts";
import {
  builtInRoles,
  type Operation,
  type Privilege,
  permissions,
  privileges,
} from "#lib/authorization/permissions.ts";

const operations = Object.keys(permissions) as Operation[];

const withPrivileges = (held: readonly Privilege[]): UserActor => ({
  kind: "user",
  accountId: "a",
  accountSlug: "acme",
  accountName: "Acme",
  userId: "u",
  userName: "Ada",
  userEmail: "ada@acme.test",
  sessionId: "s",
  privileges: new Set(held),
  isAdmin: true,
  isOwner: false,
});

/** Written out by hand, so that a slip in the permission table is seen: who holds one privilege may do this and no more. */
const everybody: Operation[] = ["own_page.view", "sessions.end_own", "accounts.switch"];
const everyAdmin: Operation[] = [...everybody, "console.view", "accounts.view"];
const byPrivilege: Partial<Record<Privilege, Operation[]>> = {
  "enrollment.invite": [
    "invitations.view",
    "invitations.send",
    "invitations.resend",
    "invitations.revoke",
    "invitations.copy_link",
    "mails.decide",
    "mails.allow",
  ],
  "enrollment.bulk_invite": [
    "bulk_invites.view",
    "bulk_invites.create",
    "bulk_invites.cancel",
    "bulk_invites.undo",
  ],
  "enrollment.import": [
    "imports.view",
    "imports.create",
    "imports.apply",
    "imports.cancel",
    "imports.undo",
    "removals.decide",
  ],
  "enrollment.directory_sync": [
    "directory.view",
    "directory.change",
    "directory.sync",
    "directory.decide",
    "directory.undo",
    "directory.drill",
  ],
  "users.view": ["users.view", "bulk_changes.view", "seats.view"],
  "users.manage": [
    "users.edit",
    "users.suspend",
    "users.restore",
    "users.activity",
    "users.end_sessions",
    "users.pause_mails",
    "bulk_changes.create",
    "seats.take",
  ],
  roles: ["roles.view", "roles.change", "roles.grant"],
  sign_in_settings: ["sign_in.view", "sign_in.change"],
  account_settings: [
    "domains.view",
    "domains.change",
    "account.change",
    "mail_settings.view",
    "mail_settings.change",
    "mails.resume",
  ],
  audit: ["audit.view", "audit.export"],
};

test.each(Object.keys(privileges) as Privilege[])("%s alone allows exactly its operations", (privilege) => {
  const allowed = operations.filter((operation) => isAllowed(withPrivileges([privilege]), operation));
  expect(allowed.toSorted()).toEqual([...everyAdmin, ...(byPrivilege[privilege] ?? [])].toSorted());
});

test("a role without a privilege sees the console and nothing in it", () => {
  const allowed = operations.filter((operation) => isAllowed(withPrivileges([]), operation));
  expect(allowed.toSorted()).toEqual(everyAdmin.toSorted());
});

test("who holds no role at all has their own page and nothing else", () => {
  const nobody = { ...withPrivileges([]), isAdmin: false };
  expect(operations.filter((operation) => isAllowed(nobody, operation)).toSorted()).toEqual(
    everybody.toSorted(),
  );
});

test("every operation is in the table above", () => {
  expect([...everyAdmin, ...Object.values(byPrivilege).flat()].toSorted()).toEqual(operations.toSorted());
});

test.each(["owner", "admin"] as const)("the built-in role %s may do everything", (role) => {
  for (const operation of operations)
    expect(isAllowed(withPrivileges(builtInRoles[role]), operation)).toBe(true);
});

test("of several operations one is enough, and the refusal names them all", () => {
  const either = ["imports.view", "bulk_changes.view"] as const;
  expect(isAllowed(withPrivileges(["users.view"]), either)).toBe(true);
  expect(isAllowed(withPrivileges(["audit"]), either)).toBe(false);
  expect(() => authorize(withPrivileges(["audit"]), either)).toThrow("imports.view, bulk_changes.view");
});

test("a privilege that is no longer known allows nothing", () => {
  const stale = withPrivileges(["everything" as Privilege]);
  expect(isAllowed(stale, "imports.view")).toBe(false);
});

test("to be an owner is no privilege by itself", () => {
  expect(isAllowed({ ...withPrivileges([]), isOwner: true }, "imports.create")).toBe(false);
});

test("an operation that is not in the table is refused, not let through", () => {
  expect(isAllowed(withPrivileges(builtInRoles.owner), "accounts.delete" as Operation)).toBe(false);
});

test("the refusal names the operation; the system is not asked", () => {
  expect(() => authorize(withPrivileges([]), "imports.create")).toThrow(new NotAllowed("imports.create"));
  expect(() => authorize(systemActor("a", "schedule"), "imports.create")).not.toThrow();
});
