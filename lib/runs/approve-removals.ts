import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";

export type ApprovedRemovals =
  | { ok: true }
  | { ok: false; reason: "not_waiting" }
  | { ok: false; reason: "count_differs"; waiting: number };

/**
 * Lets the removals of a run that wait for approval be carried out, once, and only those: `typed` is their number as the
 * person wrote it. Whoever was changed since the plan was made is left out. Of two at once one is taken.
 */
export async function approveRemovals(
  actor: UserActor,
  { runId, typed }: { runId: string; typed: number },
): Promise<ApprovedRemovals> {
  authorize(actor, anyOf("decide"));
  return withAccount(actor, async (tx) => {
    const [run] = await tx.execute<{ waiting: number }>(sql`
      select waiting from runs r where id = ${runId} and removals = 'waiting' and state = 'completed'
        and ${openTo(actor, "decide")} for update`);
    if (!run) return { ok: false, reason: "not_waiting" };
    if (run.waiting !== typed) return { ok: false, reason: "count_differs", waiting: run.waiting };
    await tx.execute(sql`
      update runs set removals = 'approved', removals_decided_by = ${actor.userName}, removals_decided_at = now(),
        state = 'planned', applied_to = 0, finished_at = null, cancel_requested_at = null, cancel_requested_by = null,
        options = options || jsonb_build_object('confirmedBy', ${actor.userId}::text)
      where id = ${runId}`);
    await recordEvent(tx, actor, {
      action: "run.removals_approved",
      subjectKind: "run",
      subjectId: runId,
      runId,
      details: { people: run.waiting },
    });
    await enqueue(tx, "run-slice", { accountId: actor.accountId, runId });
    return { ok: true };
  });
}
