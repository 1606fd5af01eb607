import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "./run-kind.ts";

/** Of several lines with one address the first that is otherwise good counts; the others name it and fail. */
export const markRepeats = (run: WorkedRun): SQL => sql`
  with numbered as (
    select position, row_number() over w as nth, first_value(line) over w as first_line
    from run_rows where account_id = ${run.accountId} and run_id = ${run.id} and problem is null and passed_over is null
    window w as (partition by email_norm order by position)),
  -- Materialized: staging may have no statistics yet, and the window must not be computed once for every line.
  repeated as materialized (select position, first_line from numbered where nth > 1)
  update run_rows r set problem = 'Line ' || r.line || ', ' || r.email || ': this address is already in line '
    || f.first_line || ', and that line counts. Remove one of the two.'
  from repeated f
  where r.account_id = ${run.accountId} and r.run_id = ${run.id} and r.position = f.position`;
