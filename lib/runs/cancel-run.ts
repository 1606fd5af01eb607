import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

type Cancelled = { ok: true } | { ok: false; reason: "ended" };

/** The run stops before its next range; what is applied stays, and the report says how far it came. */
export async function cancelRun(actor: UserActor, runId: string): Promise<Cancelled> {
  authorize(actor, "imports.cancel");
  return withAccount(actor, async (tx) => {
    const asked = await tx.execute(sql`
      update runs set cancel_requested_at = coalesce(cancel_requested_at, now()),
        state = case when state = 'planned' and mode = 'check' then 'cancelled' else state end,
        finished_at = case when state = 'planned' and mode = 'check' then now() end
      where id = ${runId} and state in ('queued', 'reading', 'planning', 'planned', 'applying')
      returning id`);
    if (asked.length === 0) return { ok: false, reason: "ended" };
    await recordEvent(tx, actor, {
      action: "run.cancel_requested",
      subjectKind: "run",
      subjectId: runId,
      runId,
    });
    await enqueue(tx, "run-slice", { accountId: actor.accountId, runId });
    return { ok: true };
  });
}
