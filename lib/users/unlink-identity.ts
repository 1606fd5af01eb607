import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { isId } from "#lib/db/is-id.ts";
import { withAccount } from "#lib/db/with-account.ts";

type Unlinked = { ok: true; sessions: number } | { ok: false; reason: "not_found" };

/** The identity provider's name for the person counts no more; the sessions that it opened end in the same transaction. */
export async function unlinkIdentity(
  actor: UserActor,
  userId: string,
  identityId: string,
): Promise<Unlinked> {
  authorize(actor, "sign_in.change");
  if (!isId(userId) || !isId(identityId)) return { ok: false, reason: "not_found" };
  return withAccount(actor, async (tx): Promise<Unlinked> => {
    const [gone] = await tx.execute<{ issuer: string; subject: string }>(sql`
      delete from identities where id = ${identityId} and user_id = ${userId} returning issuer, subject`);
    if (!gone) return { ok: false, reason: "not_found" };
    const ended = await tx.execute(sql`
      update sessions set ended_at = now() where user_id = ${userId} and method = 'sso' and ended_at is null`);
    await recordEvent(tx, actor, {
      action: "identity.unlinked",
      subjectKind: "user",
      subjectId: userId,
      details: {
        changes: [{ field: "sign_in_identity", before: `${gone.subject} at ${gone.issuer}`, after: null }],
        sessionsEnded: ended.count,
      },
    });
    return { ok: true, sessions: ended.count };
  });
}
