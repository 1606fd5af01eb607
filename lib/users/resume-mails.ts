import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { isId } from "#lib/db/is-id.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { mailKeysOf } from "./person/mails-of.ts";

type Resumed = { ok: true; mails: number } | { ok: false; reason: "not_found" | "not_paused" };

/** What waited goes out now. Also of somebody who is not managed any more: nothing may stay held back for ever. */
export async function resumeMails(actor: UserActor, userId: string): Promise<Resumed> {
  authorize(actor, "users.pause_mails");
  if (!isId(userId)) return { ok: false, reason: "not_found" };
  return withAccount(actor, async (tx): Promise<Resumed> => {
    const [user] = await tx.execute<{ mails_paused: boolean }>(
      sql`select mails_paused from users where id = ${userId} for update`,
    );
    if (!user) return { ok: false, reason: "not_found" };
    if (!user.mails_paused) return { ok: false, reason: "not_paused" };
    await tx.execute(sql`
      update users set mails_paused = false, version = version + 1, updated_at = now() where id = ${userId}`);
    const keys = await mailKeysOf(tx, userId);
    // Looking whether somebody's mails are paused counted as an attempt each time.
    const released = await tx.execute(sql`
      update emails set next_attempt_at = now(), attempts = 0, error = null
      where key = any (${sql.param(keys)}::text[]) and state = 'queued'`);
    await enqueue(tx, "send-mail", {});
    await recordEvent(tx, actor, {
      action: "user.mails_resumed",
      subjectKind: "user",
      subjectId: userId,
      details: { changes: [{ field: "mails_paused", before: "yes", after: "no" }] },
    });
    return { ok: true, mails: released.count };
  });
}
