import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { Role } from "../may-give.ts";

export async function roleById(tx: Transaction, id: string): Promise<Role | undefined> {
  const [role] = await tx.execute<Role>(
    sql`select id, kind, name, description, privileges from roles where id = ${id}`,
  );
  return role;
}

/** Names of the roles that a person holds, in whatever way. */
export async function rolesHeld(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(sql`
    select distinct r.name from role_holders h join roles r on r.account_id = h.account_id and r.id = h.role_id
    where h.user_id = ${userId} order by r.name`);
  return [...rows].map((row) => row.name);
}

export async function rolesOfGroup(tx: Transaction, groupId: string): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(sql`
    select r.name from group_role_grants g join roles r on r.account_id = g.account_id and r.id = g.role_id
    where g.group_id = ${groupId} order by r.name`);
  return [...rows].map((row) => row.name);
}

/** Whether a role of this name is there already; letter case does not tell names apart. */
export async function isNameTaken(tx: Transaction, name: string, otherThan?: string): Promise<boolean> {
  const [taken] = await tx.execute(sql`
    select 1 from roles where lower(name) = lower(${name}) and id is distinct from ${otherThan ?? null}::uuid`);
  return taken !== undefined;
}
