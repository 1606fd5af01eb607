import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { mayGive, type Role } from "#lib/roles/may-give.ts";

export type RuleRemoved = { ok: true } | { ok: false; reason: "above_you" };

/** Whoever has the role by this group loses it when they sign in next; nobody takes so what they could not take by hand. */
export async function removeRoleRule(
  actor: UserActor,
  rule: { group: string; roleId: string },
): Promise<RuleRemoved> {
  authorize(actor, "sign_in.change");
  return withAccount(actor, async (tx) => {
    const [role] = await tx.execute<Role>(sql`
      select r.id, r.kind, r.name, r.description, r.privileges from sso_role_rules x
      join roles r on r.account_id = x.account_id and r.id = x.role_id
      where x.claimed_group = ${rule.group} and x.role_id = ${rule.roleId} for share of r`);
    if (!role) return { ok: true };
    if (!mayGive(actor, role)) return { ok: false, reason: "above_you" };
    await tx.execute(
      sql`delete from sso_role_rules where claimed_group = ${rule.group} and role_id = ${role.id}`,
    );
    await recordEvent(tx, actor, {
      action: "sign_in.changed",
      subjectKind: "account",
      subjectId: actor.accountId,
      details: { group: rule.group, changes: [{ field: "role", before: role.name, after: null }] },
    });
    return { ok: true };
  });
}
