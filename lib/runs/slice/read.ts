import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import { RunFailure, type RunKind, type StagedBatch } from "../run-kind.ts";
import { forgetFile, markRead } from "./forget-file.ts";
import { keepWhile } from "./keep-while.ts";
import { current, inRange, type Lease, type RunRow } from "./lease.ts";
import { stageBatch } from "./stage.ts";
import { toWorkedRun } from "./worked-run.ts";

const noRows = "The file has no rows below its header. Add people and upload it again.";

/** Statistics pay for themselves from about this many rows on. */
export const analyzeFrom = 1_000;

/** Stages what the kind reads until it ends, `isOver` says so, or the person cancels. */
export async function readEntries(
  kind: RunKind,
  lease: Lease,
  run: RunRow,
  isOver: () => boolean,
): Promise<void> {
  const reading = new AbortController();
  let staged: Promise<boolean> = Promise.resolve(false);
  if (kind.readsAtOnce) await forgetRead(kind.readsAtOnce, lease);
  const keeping = kind.readsAtOnce ? keepWhile(lease, reading, isOver) : null;
  const checkpoint = kind.readsAtOnce ? null : run.checkpoint;
  try {
    for await (const batch of kind.read(toWorkedRun(lease, run), checkpoint, reading.signal)) {
      // The batch before is written while this one was parsed; two are never written at once.
      if (await staged) return;
      staged = stage(lease, batch);
      staged.catch(() => {});
      if (isOver()) {
        await staged;
        return;
      }
    }
    if (await staged) return;
  } catch (error) {
    // What was broken off here is no failure: the run is cancelled next, or read again by whoever takes it up.
    if (!reading.signal.aborted) throw error;
    return;
  } finally {
    clearInterval(keeping ?? undefined);
    reading.abort();
    await staged.catch(() => {});
  }
  await endReading(kind, lease, run);
}

const forgetRead = ({ forget }: NonNullable<RunKind["readsAtOnce"]>, lease: Lease): Promise<void> =>
  inRange(lease, async (tx, run) => {
    await tx.execute(sql`delete from run_rows where run_id = ${lease.runId}`);
    for (const statement of forget(toWorkedRun(lease, run))) await tx.execute(statement);
    await tx.execute(sql`
      update runs set rows_read = 0, same = 0, seen = 0, last_position = 0, checkpoint = null where id = ${lease.runId}`);
  });

/** True when reading should stop because the run is being cancelled. */
function stage(lease: Lease, batch: StagedBatch): Promise<boolean> {
  return inRange(lease, async (tx, run) => {
    if (run.cancel_requested_at) return true;
    await stageBatch(tx, lease, batch);
    return false;
  });
}

async function endReading(kind: RunKind, lease: Lease, run: RunRow): Promise<void> {
  const { rows_read } = await current(lease);
  if (rows_read >= analyzeFrom) await accountLess.analyzeBulkTables(true);
  await inRange(lease, async (tx) => {
    await tx.execute(sql`set local work_mem = '128MB'`);
    for (const statement of kind.settle(toWorkedRun(lease, run))) await tx.execute(statement);
    const found = await tx.execute(sql`
      update runs set read_at = now() where id = ${lease.runId} and (rows_read > 0 or ${kind.nothingFound === null})
      returning id`);
    if (found.length === 0) throw new RunFailure(kind.nothingFound ?? noRows);
    // The file of a check stays a day.
    await (run.mode === "apply" ? forgetFile : markRead)(tx, lease.runId);
  });
}
