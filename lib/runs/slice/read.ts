import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import { RunFailure, type RunKind, type StagedBatch } from "../run-kind.ts";
import { forgetFile, markRead } from "./forget-file.ts";
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
  try {
    for await (const batch of kind.read(toWorkedRun(lease, run), run.checkpoint, reading.signal)) {
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
  } finally {
    reading.abort();
    await staged.catch(() => {});
  }
  await endReading(kind, lease, run);
}

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
    const found = await tx.execute(
      sql`update runs set read_at = now() where id = ${lease.runId} and rows_read > 0 returning id`,
    );
    if (found.length === 0) throw new RunFailure(kind.nothingFound ?? noRows);
    // The file of a check stays a day.
    await (run.mode === "apply" ? forgetFile : markRead)(tx, lease.runId);
  });
}
