import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { RunKind } from "../run-kind.ts";
import { alertDeciders, alertOfFailure, alertRequester } from "./alert.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { inRange, type Lease, type RunRow, type Scope } from "./lease.ts";
import { dropWaiting } from "./removals.ts";
import { toWorkedRun } from "./worked-run.ts";

type End = { state: "completed" | "cancelled" } | { state: "failed"; sentence: string; reference: string };

/** Ends the run, lets go of it, and wakes those of the account that wait for it. */
export function finishRun(lease: Lease, end: End, kind?: RunKind): Promise<void> {
  return inRange(lease, async (tx, run) => {
    const statements = kind?.completed?.(toWorkedRun(lease, run), run.removals === "approved") ?? [];
    if (statements.length > 0) await tx.execute(sql`set local statement_timeout = '5min'`);
    for (const statement of statements) await tx.execute(statement);
    await writeEnd(tx, lease, run, end);
  });
}

type EndingRun = Pick<RunRow, "kind" | "mode" | "requested_by_name" | "applied_to" | "removals">;

/** The same in a transaction that holds the run's row. */
export async function writeEnd(tx: Transaction, lease: Scope, run: EndingRun, end: End): Promise<void> {
  if (run.removals === "approved" && end.state !== "completed") return endApproved(tx, lease, end);
  const failure = end.state === "failed" ? end : null;
  // Only a run that came to its end may still remove anybody. Before the count, which stops at the last range.
  if (end.state !== "completed")
    await dropWaiting(tx, sql`r.id = ${lease.runId} and r.removals = 'waiting'`, {
      removals: "discarded",
      reason: "The run ended before this line. Nothing was changed.",
    });
  await countOutcomes(tx, lease.runId, end.state === "completed" ? undefined : run.applied_to);
  await tx.execute(sql`
    update runs set state = ${end.state}, finished_at = clock_timestamp(), lease = null, failure = ${failure?.sentence ?? null},
      failure_reference = ${failure?.reference ?? null}
    where id = ${lease.runId}`);
  await recordEvent(tx, systemActor(lease.accountId, run.requested_by_name), {
    action: `run.${end.state}`,
    subjectKind: "run",
    subjectId: lease.runId,
    runId: lease.runId,
    details: { kind: run.kind, mode: run.mode },
  });
  if (run.removals === "waiting" && end.state === "completed") await alertDeciders(tx, lease);
  if (failure) await alertOfFailure(tx, lease);
  await alertRequester(tx, lease);
  await enqueue(tx, "tidy-run", { accountId: lease.accountId, runId: lease.runId });
  await wakeWaiting(tx, lease.accountId);
}

/** The run itself had been completed before; of its approved removals, those not yet carried out are dropped. */
async function endApproved(tx: Transaction, { accountId, runId }: Scope, end: End): Promise<void> {
  await tx.execute(sql`
    update runs set state = 'completed', finished_at = clock_timestamp(), lease = null where id = ${runId}`);
  const why = end.state === "failed" ? end.sentence : "Cancelled before it was carried out.";
  await dropWaiting(tx, sql`r.id = ${runId}`, { removals: "discarded", reason: why });
  await wakeWaiting(tx, accountId);
}

/** Runs of the account that wait for their turn: to plan, to apply, or to begin, where another one kept the same target true. */
export async function wakeWaiting(tx: Transaction, accountId: string): Promise<void> {
  const waiting = await tx.execute<{ id: string }>(sql`
    select id from runs where (state = 'reading' and read_at is not null) or (state = 'planned' and mode = 'apply')
      or (state = 'queued' and target is not null)
    order by read_at nulls last, id limit 10`);
  for (const run of waiting) await enqueue(tx, "run-slice", { accountId, runId: run.id });
}
