import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isId } from "#lib/db/is-id.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { selectUser, type UserRow } from "./read-user.ts";

/** The person as they are, and nobody changes them before `tx` ends; null where there is none of this id. */
export async function lockUser(tx: Transaction, actor: UserActor, id: string): Promise<UserRow | null> {
  if (!isId(id)) return null;
  // First alone: a statement that waits for the lock goes on with what its other tables held before.
  await tx.execute(sql`select from users where account_id = ${actor.accountId} and id = ${id} for update`);
  const [row] = await tx.execute<UserRow>(selectUser(actor, id));
  return row ?? null;
}
