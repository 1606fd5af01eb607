import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

/** How long a plan may be applied as it is. */
export const freshMinutes = 60;

/** Lets a plan that somebody has seen be carried out, in a transaction that holds the run's row. */
export async function startPlanned(tx: Transaction, actor: UserActor, runId: string): Promise<void> {
  const confirmed = JSON.stringify({ checked: true, confirmedBy: actor.userId });
  await tx.execute(
    sql`update runs set mode = 'apply', options = options || ${confirmed}::jsonb where id = ${runId}`,
  );
  await recordEvent(tx, actor, {
    action: "run.apply_requested",
    subjectKind: "run",
    subjectId: runId,
    runId,
  });
  await enqueue(tx, "run-slice", { accountId: actor.accountId, runId });
}
