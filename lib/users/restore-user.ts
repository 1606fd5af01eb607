import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { lockUser } from "./person/lock-user.ts";
import { outranks } from "./person/read-user.ts";
import { requeueInvitation } from "./person/withdraw-mails.ts";
import type { UserStatus } from "./user-status.ts";

type Restored =
  | { ok: true; status: UserStatus }
  | { ok: false; reason: "not_found" | "not_suspended" | "deleted" | "outranks" };

/**
 * Gives back the status before the suspension. What the suspension revoked is open again if it has not run out: whoever
 * was invited can still join; where it has, they are *Not Invited*. Sessions stay ended.
 */
export async function restoreUser(actor: UserActor, userId: string): Promise<Restored> {
  authorize(actor, "users.restore");
  return withAccount(actor, async (tx): Promise<Restored> => {
    const user = await lockUser(tx, actor, userId);
    if (!user) return { ok: false, reason: "not_found" };
    if (user.status === "deleted") return { ok: false, reason: "deleted" };
    if (user.status !== "suspended") return { ok: false, reason: "not_suspended" };
    // With the status come back the roles.
    if (outranks(user, actor)) return { ok: false, reason: "outranks" };
    const before = user.status_before_suspension ?? "active";
    const status = before === "invited" && !(await reopenInvitation(tx, userId)) ? "not_invited" : before;
    await tx.execute(sql`
      update users set status = ${status}, status_before_suspension = null, suspended_at = null,
        version = version + 1, updated_at = now() where id = ${userId}`);
    await recordEvent(tx, actor, {
      action: "user.restored",
      subjectKind: "user",
      subjectId: userId,
      details: { changes: [{ field: "status", before: "suspended", after: status }] },
    });
    return { ok: true, status };
  });
}

/** The one that ended in the transaction of the suspension, which gave both one time. */
async function reopenInvitation(tx: Transaction, userId: string): Promise<boolean> {
  const [open] = await tx.execute<{ id: string }>(sql`
    update invitations i set state = 'open', ended_at = null
    from users u
    where u.id = ${userId} and i.user_id = u.id and i.state = 'revoked' and i.ended_at = u.suspended_at
      and i.email_norm = u.email_norm and i.expires_at > now()
      and not exists (select from invitations o where o.email_norm = i.email_norm and o.state = 'open')
    returning i.id`);
  if (open && (await requeueInvitation(tx, open.id))) await enqueue(tx, "send-mail", {});
  return open !== undefined;
}
