import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { withAccountAnew } from "#lib/db/with-account-anew.ts";
import { isBeingSent } from "./one/is-being-sent.ts";
import { type InvitationRow, lockInvitation } from "./one/lock-invitation.ts";
import { mailAnew } from "./one/mail-anew.ts";
import { type Closed, whyClosed } from "./one/why-closed.ts";

/** Minutes between two sendings of one invitation by hand. */
export const resendPause = 10;

/** What is told of one whose mail is with the provider right now. */
export const beingSent = "Its mail is just being sent. Try again in a minute.";

export type Resent =
  /** `renewed`: it had run out. */
  | { ok: true; email: string; expiresAt: Date; renewed: boolean }
  | { ok: false; reason: Closed | "foreign_domain" | "being_sent" }
  | { ok: false; reason: "too_soon"; minutesAgo: number }
  /** Nothing more is sent to the address until somebody allows it on the person's page. */
  | { ok: false; reason: "bounced"; because: "bounced" | "complained"; userId: string };

/**
 * Mails the invitation anew, with all its days before it. The link that was mailed before leads nowhere from now on; a
 * copied one stays.
 */
export async function resendInvitation(actor: UserActor, invitationId: string): Promise<Resent> {
  authorize(actor, "invitations.resend");
  return withAccountAnew(actor, async (tx): Promise<Resent> => {
    const row = await lockInvitation(tx, invitationId);
    const closed = whyClosed(row);
    if (!row || closed) return { ok: false, reason: closed ?? "not_found" };
    if (!row.is_domain_ours) return { ok: false, reason: "foreign_domain" };
    if (row.suppressed) return { ok: false, reason: "bounced", because: row.suppressed, userId: row.user_id };
    if (row.minutes_since_resent !== null && row.minutes_since_resent < resendPause)
      return { ok: false, reason: "too_soon", minutesAgo: row.minutes_since_resent };
    if (await isBeingSent(tx, row)) return { ok: false, reason: "being_sent" };
    return { ok: true, ...(await renew(tx, actor, row)) };
  });
}

async function renew(tx: Transaction, actor: UserActor, row: InvitationRow) {
  const { expiresAt } = await mailAnew(tx, actor.accountId, row);
  await tx.execute(sql`
    update users set status = 'invited', version = version + 1, updated_at = now()
    where id = ${row.user_id} and status = 'not_invited'`);
  await recordEvent(tx, actor, {
    action: "invitation.resent",
    subjectKind: "user",
    subjectId: row.user_id,
    details: { address: row.email, hadExpired: row.state === "expired" },
  });
  return { email: row.email, expiresAt: new Date(expiresAt), renewed: row.state === "expired" };
}
