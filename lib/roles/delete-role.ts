import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { changeRoles } from "./change/change-roles.ts";
import { roleChanges } from "./change/changes-told.ts";
import { roleById } from "./change/role-rows.ts";
import { mayGive } from "./may-give.ts";

type Deleted =
  | { ok: true; name: string }
  | { ok: false; reason: "no_such_role" | "built_in" | "above_you" }
  /** `holders`: the first few by name, and `more` besides. */
  | { ok: false; reason: "held"; holders: string[]; more: number };

const mostNamed = 5;

/** A custom role that nobody holds, be it directly, through a group or by a rule of single sign-on. */
export async function deleteRole(actor: UserActor, id: string): Promise<Deleted> {
  authorize(actor, "roles.change");
  return changeRoles(actor, "roles.change", async (tx, standing) => {
    const role = await roleById(tx, id);
    if (!role) return { ok: false, reason: "no_such_role" };
    if (role.kind !== "custom") return { ok: false, reason: "built_in" };
    if (!mayGive(standing, role)) return { ok: false, reason: "above_you" };
    const { names, count } = await holdersOf(tx, id);
    if (count > 0) return { ok: false, reason: "held", holders: names, more: count - names.length };
    await tx.execute(sql`delete from roles where id = ${id}`);
    await recordEvent(tx, actor, {
      action: "role.deleted",
      subjectKind: "role",
      subjectId: id,
      details: { role: role.name, changes: roleChanges(role, null) },
    });
    return { ok: true, name: role.name };
  });
}

async function holdersOf(tx: Transaction, id: string): Promise<{ names: string[]; count: number }> {
  const rows = await tx.execute<{ name: string; holders: number }>(sql`
    select name, count(*) over ()::int as holders from (
      select 'the group ' || g.name as name, 0 as rank from group_role_grants r
        join groups g on g.account_id = r.account_id and g.id = r.group_id where r.role_id = ${id}
      union all
      select 'the sign-in rule for ' || claimed_group, 1 from sso_role_rules where role_id = ${id}
      union all
      select distinct coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email, 'somebody without an address'), 2
        from role_grants r join users u on u.account_id = r.account_id and u.id = r.user_id where r.role_id = ${id}
    ) holders order by rank, name limit ${mostNamed}`);
  return { names: [...rows].map((row) => row.name), count: rows[0]?.holders ?? 0 };
}
