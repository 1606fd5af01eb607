import { sql } from "drizzle-orm";
import { RunFailure } from "../run-kind.ts";
import { inRange, type Lease } from "./lease.ts";

/** Looks at the plan alone, before anything of it is applied. A run may not remove anyone yet. */
export function guardPlan(lease: Lease): Promise<void> {
  return inRange(lease, async (tx) => {
    const removals = await tx.execute(sql`
      select 1 from run_changes where run_id = ${lease.runId} and action in ('suspend', 'delete') limit 1`);
    if (removals.length > 0)
      throw new RunFailure("The plan removes people, which this kind of run must not do.");
  });
}
