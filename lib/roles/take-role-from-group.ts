import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { changeRoles } from "./change/change-roles.ts";
import { rolesChanged } from "./change/changes-told.ts";
import { endSessionsWithoutRole } from "./change/end-sessions.ts";
import { isLastOwners } from "./change/owners.ts";
import { roleById, rolesOfGroup } from "./change/role-rows.ts";
import { mayGive } from "./may-give.ts";

type Refusal = "no_such_role" | "not_held" | "above_you" | "last_owner";
type Taken = { ok: true; endedSessions: number } | { ok: false; reason: Refusal };

/** Members whom it leaves without any role are signed out in the same transaction. */
export async function takeRoleFromGroup(
  actor: UserActor,
  wish: { roleId: string; groupId: string },
): Promise<Taken> {
  authorize(actor, "roles.grant");
  return changeRoles(actor, "roles.grant", async (tx, standing) => {
    const role = await roleById(tx, wish.roleId);
    if (!role) return { ok: false, reason: "no_such_role" };
    if (!mayGive(standing, role)) return { ok: false, reason: "above_you" };
    if (await isLastOwners(tx, role, wish)) return { ok: false, reason: "last_owner" };
    const before = await rolesOfGroup(tx, wish.groupId);
    const gone = await tx.execute(sql`
      delete from group_role_grants where role_id = ${role.id} and group_id = ${wish.groupId} returning role_id`);
    if (gone.length === 0) return { ok: false, reason: "not_held" };
    const members = sql`select m.user_id from group_members m where m.group_id = ${wish.groupId}`;
    const endedSessions = await endSessionsWithoutRole(tx, members);
    await recordEvent(tx, actor, {
      action: "role.revoked",
      subjectKind: "group",
      subjectId: wish.groupId,
      details: {
        role: role.name,
        changes: rolesChanged(before, await rolesOfGroup(tx, wish.groupId)),
        endedSessions,
      },
    });
    return { ok: true, endedSessions };
  });
}
