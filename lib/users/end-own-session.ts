import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { isId } from "#lib/db/is-id.ts";
import { withAccount } from "#lib/db/with-account.ts";

type Ended = { ok: true; isThisOne: boolean } | { ok: false; reason: "no_session" };

/** Ends one of one's own sessions, in this browser or another. */
export async function endOwnSession(actor: UserActor, sessionId: string): Promise<Ended> {
  authorize(actor, "sessions.end_own");
  if (!isId(sessionId)) return { ok: false, reason: "no_session" };
  return withAccount(actor, async (tx): Promise<Ended> => {
    const ended = await tx.execute(sql`update sessions set ended_at = now()
      where id = ${sessionId} and user_id = ${actor.userId} and ended_at is null and expires_at > now()`);
    if (ended.count === 0) return { ok: false, reason: "no_session" };
    await recordEvent(tx, actor, { action: "session.ended", subjectKind: "user", subjectId: actor.userId });
    return { ok: true, isThisOne: sessionId === actor.sessionId };
  });
}
