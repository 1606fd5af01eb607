import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { mayGive, type Role } from "#lib/roles/may-give.ts";

export type RuleAdded =
  | { ok: true }
  | { ok: false; reason: "no_connection" | "no_role" | "above_you" | "owner" };

/** Whoever comes with this group gets this role; never Owner, and nothing above who makes the rule. */
export async function addRoleRule(
  actor: UserActor,
  rule: { group: string; roleId: string },
): Promise<RuleAdded> {
  authorize(actor, "sign_in.change");
  return withAccount(actor, async (tx) => {
    const [connection] = await tx.execute<{ id: string }>(sql`select id from sso_connections`);
    if (!connection) return { ok: false, reason: "no_connection" };
    const [role] = await tx.execute<Role>(sql`
      select id, kind, name, description, privileges from roles where id = ${rule.roleId} for share`);
    if (!role) return { ok: false, reason: "no_role" };
    if (role.kind === "owner") return { ok: false, reason: "owner" };
    if (!mayGive(actor, role)) return { ok: false, reason: "above_you" };
    await tx.execute(sql`insert into sso_role_rules (account_id, connection_id, claimed_group, role_id)
      values (${actor.accountId}, ${connection.id}, ${rule.group}, ${role.id}) on conflict do nothing`);
    await recordEvent(tx, actor, {
      action: "sign_in.changed",
      subjectKind: "account",
      subjectId: actor.accountId,
      details: { group: rule.group, changes: [{ field: "role", before: null, after: role.name }] },
    });
    return { ok: true };
  });
}
