import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { sqlState } from "#lib/db/sql-state.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { withAccountAnew } from "#lib/db/with-account-anew.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { WorkedRun } from "../run-kind.ts";

const leaseSeconds = 6;

/** Slices in a row that committed nothing before the run is given up. */
const mostBarrenSlices = 40;

export type RunRow = {
  id: string;
  kind: WorkedRun["kind"];
  mode: WorkedRun["mode"];
  state: "queued" | "reading" | "planning" | "planned" | "applying";
  requested_by: string | null;
  requested_by_name: string;
  upload_id: string | null;
  options: Record<string, unknown>;
  assumed: unknown;
  checkpoint: unknown;
  read_at: string | null;
  cancel_requested_at: string | null;
  rows_read: number;
  last_position: number;
  planned_to: number;
  applied_to: number;
  removals: "none" | "waiting" | "approved" | "discarded" | "superseded";
  barren_slices: number;
  undoes: string | null;
  target: string | null;
  settings_version: number | null;
  span: WorkedRun["span"];
};

export type Scope = { accountId: string; runId: string };
export type Lease = Scope & { token: string };

/** Another worker holds the run now: whatever this one was about to write must not be written. */
export class LeaseLost extends Error {}

const columns = sql.raw(
  `id, kind, mode, state, requested_by, requested_by_name, upload_id, options, assumed, checkpoint, read_at,
   cancel_requested_at, rows_read, last_position, planned_to, applied_to, removals, barren_slices, undoes,
   target, settings_version, span`,
);

/** Null when the run has ended or does not exist, or its account is suspended; "held" while another's lease runs. */
export async function takeLease(scope: Scope): Promise<{ lease: Lease; run: RunRow } | "held" | null> {
  try {
    return await take(scope, randomUUID());
  } catch (error) {
    // Somebody else of the same target has begun in the same moment.
    if (sqlState(error) === uniqueViolation) return "held";
    throw error;
  }
}

const uniqueViolation = "23505";

function take(scope: Scope, token: string): ReturnType<typeof takeLease> {
  return withAccount(scope, async (tx) => {
    const [run] = await tx.execute<RunRow>(sql`
      update runs set lease = ${token}, lease_until = now() + make_interval(secs => ${leaseSeconds}),
        barren_slices = barren_slices + 1, started_at = coalesce(started_at, now()),
        state = case when state = 'queued' then 'reading' else state end
      where id = (
        -- A row that is locked has somebody in the middle of a range, however long that takes.
        select id from runs where id = ${scope.runId} and (lease is null or lease_until < clock_timestamp()) and ${unended}
          and ${served} and ${itsTurn}
        for update skip locked)
      returning ${columns}`);
    if (run) {
      // Should this worker die, somebody looks again as soon as the lease has run out.
      await lookAgain(tx, scope, leaseSeconds + 1);
      return { lease: { ...scope, token }, run };
    }
    const [open] = await tx.execute(
      sql`select 1 from runs where id = ${scope.runId} and ${unended} and ${served}`,
    );
    return open ? "held" : null;
  });
}

/** Sees to it that the run is taken up again in so many seconds, or sooner if that was arranged before. */
export const lookAgain = (tx: Transaction, { accountId, runId }: Scope, seconds: number): Promise<void> =>
  enqueue(tx, "run-slice-later", { accountId, runId }, { startAfter: seconds, singletonKey: runId });

const unended = sql.raw(
  `(state in ('queued', 'reading', 'planning', 'applying') or (state = 'planned' and mode = 'apply'))`,
);

/** Of what keeps one target true one run executes at a time, in the order in which they were asked for. */
const itsTurn = sql.raw(`(state <> 'queued' or target is null or not exists (
  select from runs o where o.account_id = runs.account_id and o.target = runs.target and o.id <> runs.id
    and (o.state in ('reading', 'planning', 'applying') or (o.state = 'queued' and o.id < runs.id))))`);

/** Nothing is worked for a suspended account; whoever restores it sends for its runs again. */
const served = sql.raw(`exists (select from accounts where suspended_at is null)`);

export const isGivenUp = (run: RunRow) => run.barren_slices > mostBarrenSlices;

/** For the end of a range that may take longer than the lease: nobody else can take the run before it commits. */
export const keptLease = sql.raw(`lease_until = clock_timestamp() + interval '${leaseSeconds} seconds'`);

/** Opens a range: one transaction that begins by proving the lease and holds the run's row until it commits. */
export function inRange<T>(lease: Lease, work: (tx: Transaction, run: RunRow) => Promise<T>): Promise<T> {
  return withAccountAnew(lease, async (tx) => {
    const [run] = await tx.execute<RunRow>(sql`
      update runs set lease_until = now() + make_interval(secs => ${leaseSeconds}), barren_slices = 0
      where id = ${lease.runId} and lease = ${lease.token} and ${unended} and ${served}
      returning ${columns}`);
    if (!run) throw new LeaseLost();
    return work(tx, run);
  });
}

/** The run as it stands, held by this lease. */
export function current(lease: Lease): Promise<RunRow> {
  return withAccount(lease, async (tx) => {
    const [run] = await tx.execute<RunRow>(sql`
      select ${columns} from runs where id = ${lease.runId} and lease = ${lease.token} and ${unended}`);
    if (!run) throw new LeaseLost();
    return run;
  });
}

/** Keeps the run while something takes long that writes nothing; "lost": it is somebody else's now, or has ended. */
export async function keepLease(lease: Lease): Promise<"kept" | "cancelled" | "lost"> {
  const [kept] = await withAccount(lease, (tx) =>
    tx.execute<{ cancelled: boolean }>(sql`
      update runs set ${keptLease} where id = ${lease.runId} and lease = ${lease.token} and ${unended}
      returning cancel_requested_at is not null as cancelled`),
  );
  if (!kept) return "lost";
  return kept.cancelled ? "cancelled" : "kept";
}

/** Lets go of the run, waiting or at the end of a slice, so that the next one need not wait for the lease to run out. */
export async function releaseLease(tx: Transaction, lease: Lease): Promise<boolean> {
  const released = await tx.execute(sql`
    update runs set lease = null, lease_until = now(), barren_slices = 0
    where id = ${lease.runId} and lease = ${lease.token} returning id`);
  return released.length > 0;
}
