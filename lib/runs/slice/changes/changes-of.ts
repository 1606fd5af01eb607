import { type SQL, sql } from "drizzle-orm";
import type { Lease, RunRow } from "../lease.ts";

/** A range of a run's planned changes, as `c`, and the run that carries them out. */
export type Changes = { lease: Lease; run: RunRow; from: SQL };

/**
 * What of a range is carried out now: removals over the bound are left until somebody has approved them, and are then
 * all that is left to do.
 */
export function changesOf(lease: Lease, run: RunRow, range: { from: number; to: number }): Changes {
  const part =
    run.removals === "none"
      ? sql``
      : run.removals === "approved"
        ? sql` and c.action = 'suspend'`
        : sql` and c.action <> 'suspend'`;
  const from = sql`run_changes c where c.run_id = ${lease.runId} and c.position > ${range.from} and c.position <= ${range.to}${part}`;
  return { lease, run, from };
}
