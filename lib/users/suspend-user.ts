import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { lockAccount } from "#lib/db/lock-account.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { endSessionsOf, killSignInLinks, revokeInvitation } from "./person/end-access.ts";
import { lockUser } from "./person/lock-user.ts";
import { outranks } from "./person/read-user.ts";
import { withdrawMails } from "./person/withdraw-mails.ts";
import { restorableFor } from "./restorable-until.ts";
import type { Protection } from "./user-view.ts";

/** `until`: the last moment at which the person can be restored. */
type Suspended =
  | { ok: true; until: Date; sessions: number; mails: number }
  | { ok: false; reason: "not_found" | "already_suspended" | "deleted" | "outranks" | Protection };

export const suspendedError = "the person is suspended";

/** In one transaction with its audit event: what the person could still do ends, and the status before is kept. */
export async function suspendUser(actor: UserActor, userId: string): Promise<Suspended> {
  authorize(actor, "users.suspend");
  return withAccount(actor, async (tx): Promise<Suspended> => {
    // Whoever changes who owns the account holds this too.
    await lockAccount(tx, actor.accountId);
    const user = await lockUser(tx, actor, userId);
    if (!user) return { ok: false, reason: "not_found" };
    if (user.status === "deleted") return { ok: false, reason: "deleted" };
    if (user.status === "suspended") return { ok: false, reason: "already_suspended" };
    if (user.protection) return { ok: false, reason: user.protection };
    if (outranks(user, actor)) return { ok: false, reason: "outranks" };
    const [row] = await tx.execute<{ until: string }>(sql`
      update users set status = 'suspended', status_before_suspension = status, suspended_at = now(),
        version = version + 1, updated_at = now()
      where id = ${userId} returning suspended_at + ${sql.raw(restorableFor)} as until`);
    const sessions = await endSessionsOf(tx, userId, null);
    await killSignInLinks(tx, userId);
    const mails = await withdrawMails(tx, userId, suspendedError);
    const revoked = await revokeInvitation(tx, userId);
    await recordEvent(tx, actor, {
      action: "user.suspended",
      subjectKind: "user",
      subjectId: userId,
      details: {
        changes: [{ field: "status", before: user.status, after: "suspended" }],
        sessionsEnded: sessions,
        mailsWithdrawn: mails,
        invitationRevoked: revoked,
      },
    });
    return { ok: true, until: new Date(row?.until as string), sessions, mails };
  });
}
