import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "../run-kind.ts";
import { appliedTo } from "./taken.ts";

/** An undo has nothing to read: as many entries are there as the undone run changed people. */
export const countTaken = (run: WorkedRun): SQL => sql`
  update runs r set rows_read = o.created + o.updated + o.deleted + o.activated, last_position = least(${appliedTo(run)},
    (select coalesce(max(c.position), 0) from run_changes c where c.account_id = ${run.accountId} and c.run_id = ${run.undoes}))
  from runs o
  where r.account_id = ${run.accountId} and r.id = ${run.id} and o.account_id = r.account_id and o.id = r.undoes`;
