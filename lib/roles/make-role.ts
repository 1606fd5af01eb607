import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { changeRoles } from "./change/change-roles.ts";
import { roleChanges } from "./change/changes-told.ts";
import { type RoleWish, readWish } from "./change/read-wish.ts";
import { isNameTaken } from "./change/role-rows.ts";
import { mayGive } from "./may-give.ts";

type Refusal = "bad_name" | "name_taken" | "above_you";
type Made = { ok: true; id: string; name: string } | { ok: false; reason: Refusal };

/** A custom role. Its maker holds every privilege that it gets. */
export async function makeRole(actor: UserActor, wish: RoleWish): Promise<Made> {
  authorize(actor, "roles.change");
  const after = readWish(wish);
  if (!after) return { ok: false, reason: "bad_name" };
  return changeRoles(actor, "roles.change", async (tx, standing) => {
    if (!mayGive(standing, { kind: "custom", ...after })) return { ok: false, reason: "above_you" };
    if (await isNameTaken(tx, after.name)) return { ok: false, reason: "name_taken" };
    const [role] = await tx.execute<{ id: string }>(sql`
      insert into roles (account_id, kind, name, description, privileges)
      values (${actor.accountId}, 'custom', ${after.name}, ${after.description}, ${sql.param(after.privileges)}::text[])
      returning id`);
    const id = role?.id as string;
    await recordEvent(tx, actor, {
      action: "role.created",
      subjectKind: "role",
      subjectId: id,
      details: { role: after.name, changes: roleChanges(null, after) },
    });
    return { ok: true, id, name: after.name };
  });
}
