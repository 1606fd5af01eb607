import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";

export async function endSession(actor: UserActor): Promise<void> {
  authorize(actor, "sessions.end_own");
  await withAccount(actor, async (tx) => {
    await tx.execute(
      sql`update sessions set ended_at = now() where id = ${actor.sessionId} and ended_at is null`,
    );
    await recordEvent(tx, actor, { action: "session.ended", subjectKind: "user", subjectId: actor.userId });
  });
}
