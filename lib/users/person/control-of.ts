import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { isId } from "./is-id.ts";

export type Control = "yes" | "unmanaged" | "not_found";

/** Whether admins see and control what this person does: of managed people, and everybody of themselves. */
export async function controlOf(tx: Transaction, actor: UserActor, userId: string): Promise<Control> {
  if (!isId(userId)) return "not_found";
  const [user] = await tx.execute<{ managed: boolean }>(sql`select managed from users where id = ${userId}`);
  if (!user) return "not_found";
  return user.managed || userId === actor.userId ? "yes" : "unmanaged";
}
