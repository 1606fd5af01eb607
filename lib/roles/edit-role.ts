import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { changeRoles } from "./change/change-roles.ts";
import { roleChanges } from "./change/changes-told.ts";
import { type RoleWish, readWish } from "./change/read-wish.ts";
import { isNameTaken, roleById, rolesHeld } from "./change/role-rows.ts";
import { mayGive } from "./may-give.ts";

type Refusal = "bad_name" | "name_taken" | "above_you" | "no_such_role" | "built_in" | "oneself";
type Edited = { ok: true; name: string } | { ok: false; reason: Refusal };

/** Counts at the next click of whoever holds the role. Neither before nor after may it hold more than its editor does. */
export async function editRole(actor: UserActor, id: string, wish: RoleWish): Promise<Edited> {
  authorize(actor, "roles.change");
  const after = readWish(wish);
  if (!after) return { ok: false, reason: "bad_name" };
  return changeRoles(actor, "roles.change", async (tx, standing) => {
    const role = await roleById(tx, id);
    if (!role) return { ok: false, reason: "no_such_role" };
    if (role.kind !== "custom") return { ok: false, reason: "built_in" };
    if (!mayGive(standing, role) || !mayGive(standing, { kind: "custom", ...after }))
      return { ok: false, reason: "above_you" };
    const isOwn = (await rolesHeld(tx, standing.userId)).includes(role.name);
    if (isOwn && !standing.isOwner) return { ok: false, reason: "oneself" };
    if (await isNameTaken(tx, after.name, id)) return { ok: false, reason: "name_taken" };
    await tx.execute(sql`
      update roles set name = ${after.name}, description = ${after.description},
        privileges = ${sql.param(after.privileges)}::text[] where id = ${id}`);
    await recordEvent(tx, actor, {
      action: "role.changed",
      subjectKind: "role",
      subjectId: id,
      details: { role: after.name, changes: roleChanges(role, after) },
    });
    return { ok: true, name: after.name };
  });
}
