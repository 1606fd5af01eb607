import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { changeRoles } from "./change/change-roles.ts";
import { rolesChanged } from "./change/changes-told.ts";
import { roleById, rolesOfGroup } from "./change/role-rows.ts";
import { mayGive } from "./may-give.ts";

type Refusal = "no_such_role" | "no_such_group" | "above_you" | "oneself" | "held_already";
type Granted = { ok: true; groupName: string; roleName: string } | { ok: false; reason: Refusal };

/** Whoever is in the group of this name, now or later, holds the role. */
export async function grantRoleToGroup(
  actor: UserActor,
  wish: { roleId: string; group: string },
): Promise<Granted> {
  authorize(actor, "roles.grant");
  return changeRoles(actor, "roles.grant", async (tx, standing) => {
    const role = await roleById(tx, wish.roleId);
    if (!role) return { ok: false, reason: "no_such_role" };
    if (!mayGive(standing, role)) return { ok: false, reason: "above_you" };
    const [group] = await tx.execute<{ id: string; name: string; is_own: boolean }>(sql`
      select g.id, g.name, exists (select from group_members m where m.account_id = g.account_id
        and m.group_id = g.id and m.user_id = ${standing.userId}) as is_own
      from groups g where lower(g.name) = lower(${wish.group.trim()})`);
    if (!group) return { ok: false, reason: "no_such_group" };
    if (group.is_own && !standing.isOwner) return { ok: false, reason: "oneself" };
    const before = await rolesOfGroup(tx, group.id);
    const made = await tx.execute(sql`
      insert into group_role_grants (account_id, group_id, role_id) values (${actor.accountId}, ${group.id}, ${role.id})
      on conflict do nothing returning role_id`);
    if (made.length === 0) return { ok: false, reason: "held_already" };
    await recordEvent(tx, actor, {
      action: "role.granted",
      subjectKind: "group",
      subjectId: group.id,
      details: {
        role: role.name,
        group: group.name,
        changes: rolesChanged(before, await rolesOfGroup(tx, group.id)),
      },
    });
    return { ok: true, groupName: group.name, roleName: role.name };
  });
}
