import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "../run-kind.ts";
import { taken } from "./taken.ts";

/** An undo has nothing to read: as many entries are there as the undone run changed people. */
export const countTaken = (run: WorkedRun): SQL => sql`
  update runs r set rows_read = found.n, last_position = found.last
  from (select count(*)::int as n, coalesce(max(c.position), 0) as last from ${taken(run)}) found
  where r.account_id = ${run.accountId} and r.id = ${run.id}`;
