import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "../run-kind.ts";

/**
 * What the undone run really did, as `c`, with its line, as `e`: not what waits for approval or was left out, and of a
 * run cut short nothing behind its last range. `joins`: what else is joined.
 */
export const taken = (run: WorkedRun, joins = sql``): SQL => sql`runs o
  join run_changes c on c.account_id = o.account_id and c.run_id = o.id and (o.state = 'completed' or c.position <= o.applied_to)
  join run_entries e on e.account_id = c.account_id and e.run_id = c.run_id and e.position = c.position
    and e.outcome in ('new', 'updated', 'deleted', 'activated')
  ${joins}
  where o.account_id = ${run.accountId} and o.id = ${run.undoes}
    and c.account_id = ${run.accountId} and c.run_id = ${run.undoes} and e.run_id = ${run.undoes}`;
