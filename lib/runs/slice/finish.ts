import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { alertRequester } from "./alert.ts";
import { inRange, type Lease, type RunRow, type Scope } from "./lease.ts";

type End = { state: "completed" | "cancelled" } | { state: "failed"; sentence: string; reference: string };

/** Ends the run, lets go of it, and wakes those of the account that wait for it. */
export function finishRun(lease: Lease, end: End): Promise<void> {
  return inRange(lease, (tx, run) => writeEnd(tx, lease, run, end));
}

type EndingRun = Pick<RunRow, "kind" | "mode" | "requested_by_name" | "applied_to">;

/** The same in a transaction that holds the run's row. */
export async function writeEnd(tx: Transaction, lease: Scope, run: EndingRun, end: End): Promise<void> {
  const failure = end.state === "failed" ? end : null;
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
  await alertRequester(tx, lease);
  await enqueue(tx, "tidy-run", { accountId: lease.accountId, runId: lease.runId });
  await wakeWaiting(tx, lease.accountId);
}

/** What the report tells is what the rows say; of a run cut short, what was planned behind `upTo` was not done. */
export async function countOutcomes(tx: Transaction, runId: string, upTo?: number): Promise<void> {
  const outcomes = ["new", "updated", "deleted", "activated", "unchanged", "skipped", "failed"];
  const column = (outcome: string) => (outcome === "new" ? "created" : outcome);
  const sets = outcomes.map((o) => `${column(o)} = coalesce((c.counts->>'${o}')::int, 0)`).join(", ");
  await tx.execute(sql`
    update runs set ${sql.raw(sets)} from (
      select coalesce(jsonb_object_agg(outcome, n), '{}') as counts from (
        select outcome, count(*) as n from run_entries
        where run_id = ${runId} and (${upTo ?? null}::int is null or position <= ${upTo ?? null}::int
          or outcome in ('failed', 'skipped', 'unchanged')) group by outcome) o) c
    where id = ${runId}`);
}

/** Runs of the account that have read their file and wait for their turn. */
export async function wakeWaiting(tx: Transaction, accountId: string): Promise<void> {
  const waiting = await tx.execute<{ id: string }>(sql`
    select id from runs where (state = 'reading' and read_at is not null) or (state = 'planned' and mode = 'apply')
    order by read_at limit 10`);
  for (const run of waiting) await enqueue(tx, "run-slice", { accountId, runId: run.id });
}
