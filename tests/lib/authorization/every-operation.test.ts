import { randomBytes } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/authorization/actor.ts";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { type Operation, type Privilege, permissions, privileges } from "#lib/authorization/permissions.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { staffOf } from "../roles/staff.ts";
import { type Call, type Needs, operationCalls } from "./operation-calls.ts";

const root = join(import.meta.dirname, "..", "..", "..", "lib");
const files = globSync("*/*.ts", { cwd: root })
  .map((path) => ({
    name: path.replace(/\.ts$/, ""),
    text: readFileSync(join(root, path), "utf8"),
  }))
  .filter(({ name, text }) => !name.startsWith("authorization/") && /^\s+authorize\(/m.test(text));

type Holder = { label: string; privileges: Privilege[]; isAdmin: boolean; actor: UserActor };
let roles: Roles;
const holders: Record<string, Holder> = {};
const all = Object.keys(privileges) as Privilege[];
const labels = [
  "Owner",
  "Admin",
  ...all.map((privilege) => privileges[privilege]),
  "no privilege",
  "no role",
];

beforeAll(async () => {
  process.env.ROLLCALL_SECRET_KEYS ??= `k:${randomBytes(32).toString("base64")}`;
  roles = await openRoles();
  const account = await roles.as("owner", () => makeAccount(randomBytes(32).toString("base64")));
  const staff = staffOf(roles, account);
  const hold = async (label: string, held: Privilege[], roleId?: string) => {
    const person = await staff.person(`p${Object.keys(holders).length}`);
    if (roleId) await staff.give(person.id, roleId);
    const actor = await staff.actor(person.id);
    holders[label] = { label, privileges: held, isAdmin: roleId !== undefined, actor };
  };
  await hold("Owner", all, await staff.builtIn("owner"));
  await hold("Admin", all, await staff.builtIn("admin"));
  for (const privilege of all)
    await hold(privileges[privilege], [privilege], await staff.role(privileges[privilege], [privilege]));
  await hold("no privilege", [], await staff.role("no privilege", []));
  await hold("no role", []);
});

afterAll(() => roles.end());

const may = ({ privileges: held, isAdmin }: Holder, needs: Needs): boolean => {
  if (needs === "signed_in") return true;
  if (needs === "any_admin") return isAdmin;
  return [needs].flat().some((privilege) => held.includes(privilege as Privilege));
};

type Run = (...args: unknown[]) => unknown;

/** Calls the operation, and says whether it refused; whatever else became of it is no matter here. */
async function isRefused(name: string, call: Call, actor: UserActor): Promise<boolean> {
  const module = (await import(join(root, `${name}.ts`))) as Record<string, Run>;
  const run = module[basename(name).replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())] as Run;
  const args = [actor, ...(call.with ?? [])];
  const work = async () => {
    const result = call.inTx ? await withAccount(actor, async (tx) => run(tx, ...args)) : await run(...args);
    if (result && typeof result === "object" && Symbol.asyncIterator in result)
      await (result as AsyncGenerator).next();
  };
  return roles.as("app", work).then(
    () => false,
    (error: unknown) => error instanceof NotAllowed,
  );
}

test("every operation of lib has its row, and no row is of something that is gone", () => {
  expect(Object.keys(operationCalls).toSorted()).toEqual(files.map(({ name }) => name).toSorted());
});

test("every line of the permission table is asked by an operation, or by pages and forms", () => {
  const asked = [
    ...files.map(({ text }) => text),
    readFileSync(join(root, "runs/operations-of-runs.ts"), "utf8"),
  ];
  const byPages: Operation[] = ["console.view", "accounts.view", "sign_in.view"];
  const unasked = (Object.keys(permissions) as Operation[]).filter(
    (operation) => !asked.some((text) => text.includes(`"${operation}"`)),
  );
  expect(unasked.filter((operation) => !byPages.includes(operation))).toEqual([]);
});

describe.each(labels)("%s", (label) => {
  test.each(Object.entries(operationCalls))("%s", async (name, call) => {
    const holder = holders[label] as Holder;
    expect(await isRefused(name, call, holder.actor)).toBe(!may(holder, call.needs));
  });
});
