import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { changeRoles } from "./change/change-roles.ts";
import { rolesChanged } from "./change/changes-told.ts";
import { endSessionsWithoutRole } from "./change/end-sessions.ts";
import { isLastOwners } from "./change/owners.ts";
import { roleById, rolesHeld } from "./change/role-rows.ts";
import { mayGive } from "./may-give.ts";

type Refusal = "no_such_role" | "not_held" | "above_you" | "last_owner";
type Taken = { ok: true; endedSessions: number } | { ok: false; reason: Refusal };

/** Takes back a role that was given by hand. Whoever is left without any role is signed out in the same transaction. */
export async function takeRole(actor: UserActor, wish: { roleId: string; userId: string }): Promise<Taken> {
  authorize(actor, "roles.grant");
  return changeRoles(actor, "roles.grant", async (tx, standing) => {
    const role = await roleById(tx, wish.roleId);
    if (!role) return { ok: false, reason: "no_such_role" };
    if (!mayGive(standing, role)) return { ok: false, reason: "above_you" };
    if (await isLastOwners(tx, role, wish)) return { ok: false, reason: "last_owner" };
    const before = await rolesHeld(tx, wish.userId);
    const gone = await tx.execute(sql`
      delete from role_grants where role_id = ${role.id} and user_id = ${wish.userId} and source = 'manual' returning user_id`);
    if (gone.length === 0) return { ok: false, reason: "not_held" };
    const endedSessions = await endSessionsWithoutRole(tx, sql`select ${wish.userId}::uuid`);
    await recordEvent(tx, actor, {
      action: "role.revoked",
      subjectKind: "user",
      subjectId: wish.userId,
      details: {
        role: role.name,
        changes: rolesChanged(before, await rolesHeld(tx, wish.userId)),
        endedSessions,
      },
    });
    return { ok: true, endedSessions };
  });
}
