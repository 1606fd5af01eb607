import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { roleById } from "./change/role-rows.ts";
import type { Role } from "./may-give.ts";

export async function findRole(actor: UserActor, id: string): Promise<Role | null> {
  authorize(actor, "roles.view");
  return (await withAccount(actor, (tx) => roleById(tx, id))) ?? null;
}
