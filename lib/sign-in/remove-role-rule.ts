import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";

/** Whoever has the role by this group loses it when they sign in next. */
export async function removeRoleRule(
  actor: UserActor,
  rule: { group: string; roleId: string },
): Promise<void> {
  authorize(actor, "sign_in.change");
  await withAccount(actor, async (tx) => {
    const [gone] = await tx.execute<{ name: string }>(sql`
      delete from sso_role_rules x using roles r
      where r.account_id = x.account_id and r.id = x.role_id and x.claimed_group = ${rule.group}
        and x.role_id = ${rule.roleId} returning r.name`);
    if (!gone) return;
    await recordEvent(tx, actor, {
      action: "sign_in.changed",
      subjectKind: "account",
      subjectId: actor.accountId,
      details: { group: rule.group, changes: [{ field: "role", before: gone.name, after: null }] },
    });
  });
}
