import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccountAnew } from "#lib/db/with-account-anew.ts";
import { withdrawQueued } from "#lib/mail/withdraw-queued.ts";
import { lockInvitation, mailKeysOf } from "./one/lock-invitation.ts";

type Revoked =
  /** `mails`: those that had not gone out yet, and will not. */
  | { ok: true; email: string; mails: number }
  | { ok: false; reason: "not_found" | "joined" | "revoked" | "expired" };

/** The links, mailed and copied, lead nowhere from now on, and the person is *Not Invited* again. */
export async function revokeInvitation(actor: UserActor, invitationId: string): Promise<Revoked> {
  authorize(actor, "invitations.revoke");
  return withAccountAnew(actor, async (tx): Promise<Revoked> => {
    const row = await lockInvitation(tx, invitationId);
    if (!row) return { ok: false, reason: "not_found" };
    if (row.state === "accepted") return { ok: false, reason: "joined" };
    if (row.state !== "open") return { ok: false, reason: row.state };
    const mails = await withdrawQueued(tx, mailKeysOf(row), "the invitation was revoked");
    await tx.execute(sql`update invitations set state = 'revoked', ended_at = now() where id = ${row.id}`);
    await tx.execute(sql`
      update users set status = 'not_invited', version = version + 1, updated_at = now()
      where id = ${row.user_id} and status = 'invited'`);
    await recordEvent(tx, actor, {
      action: "invitation.revoked",
      subjectKind: "user",
      subjectId: row.user_id,
      details: { address: row.email, mailsWithdrawn: mails },
    });
    return { ok: true, email: row.email, mails };
  });
}
