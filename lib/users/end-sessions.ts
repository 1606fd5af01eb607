import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { isId } from "#lib/db/is-id.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { controlOf, type Uncontrolled } from "./person/control-of.ts";
import { endSessionsOf } from "./person/end-access.ts";

type Ended = { ok: true; sessions: number } | { ok: false; reason: Uncontrolled | "no_session" };

/** Signs a managed person out: of one session, or of all. Of oneself all but the one that asks. */
export async function endSessions(actor: UserActor, userId: string, sessionId?: string): Promise<Ended> {
  authorize(actor, "users.end_sessions");
  return withAccount(actor, async (tx): Promise<Ended> => {
    const control = await controlOf(tx, actor, userId);
    if (control !== "yes") return { ok: false, reason: control };
    const sessions =
      sessionId === undefined
        ? await endSessionsOf(tx, userId, actor.sessionId)
        : isId(sessionId)
          ? (
              await tx.execute(sql`update sessions set ended_at = now()
                where id = ${sessionId} and user_id = ${userId} and ended_at is null and expires_at > now()`)
            ).count
          : 0;
    if (sessions === 0) return { ok: false, reason: "no_session" };
    await recordEvent(tx, actor, {
      action: "user.sessions_ended",
      subjectKind: "user",
      subjectId: userId,
      details: { sessions },
    });
    return { ok: true, sessions };
  });
}
