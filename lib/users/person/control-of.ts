import type { UserActor } from "#lib/authorization/actor.ts";
import { isId } from "#lib/db/is-id.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { outranks, selectUser, type UserRow } from "./read-user.ts";

export type Uncontrolled = "unmanaged" | "not_found" | "outranks";
export type Control = "yes" | Uncontrolled;

/**
 * Whether this admin controls what the person does: of managed people, and everybody of themselves; never of somebody who
 * may do what the admin may not.
 */
export async function controlOf(tx: Transaction, actor: UserActor, userId: string): Promise<Control> {
  if (!isId(userId)) return "not_found";
  const [user] = await tx.execute<UserRow>(selectUser(actor, userId));
  if (!user) return "not_found";
  if (userId === actor.userId) return "yes";
  if (!user.managed) return "unmanaged";
  return outranks(user, actor) ? "outranks" : "yes";
}
