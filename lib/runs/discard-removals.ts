import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import { dropWaiting } from "./slice/removals.ts";

/** Says that the removals of a run that wait for approval will not be done. */
export async function discardRemovals(
  actor: UserActor,
  runId: string,
): Promise<{ ok: true } | { ok: false; reason: "not_waiting" }> {
  authorize(actor, anyOf("decide"));
  return withAccount(actor, async (tx) => {
    const waiting = sql`r.id = ${runId} and r.removals = 'waiting' and r.state = 'completed' and ${openTo(actor, "decide")}`;
    const dropped = await dropWaiting(tx, waiting, {
      removals: "discarded",
      by: actor.userName,
      reason: `Discarded by ${actor.userName}. Nothing was changed.`,
    });
    if (dropped === 0) return { ok: false, reason: "not_waiting" };
    await recordEvent(tx, actor, {
      action: "run.removals_discarded",
      subjectKind: "run",
      subjectId: runId,
      runId,
    });
    return { ok: true };
  });
}
