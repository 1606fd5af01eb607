import { type SQL, sql } from "drizzle-orm";
import type { PositionRange, WorkedRun } from "../run-kind.ts";

/** How far the undone run came: of one cut short nothing behind its last range was done. */
export const appliedTo = (run: WorkedRun): SQL => sql`(
  select case when o.state = 'completed' then 2147483647 else o.applied_to end from runs o
  where o.account_id = ${run.accountId} and o.id = ${run.undoes})`;

/**
 * What the undone run really did in a range, as `c`, its line, as `e`, and the person as they are now, as `u`: not what
 * waits for approval or was left out. Line and person are looked up by key, change by change: right after an import the
 * tables have no statistics, and a plain join may read all of a range for each of its lines.
 */
export const takenIn = (run: WorkedRun, { from, to, only }: PositionRange, joins: SQL): SQL => sql`
  (select * from run_changes
    where account_id = ${run.accountId} and run_id = ${run.undoes} and position > ${from} and position <= ${to}
      and position <= ${appliedTo(run)} ${only ? sql`and position = any (${sql.param(only)}::int[])` : sql``}
    offset 0) c
  cross join lateral (select line, outcome from run_entries
    where account_id = ${run.accountId} and run_id = ${run.undoes} and position = c.position limit 1) e
  left join lateral (select * from users where account_id = ${run.accountId} and id = c.user_id limit 1) u on true
  ${joins}
  where e.outcome in ('new', 'updated', 'deleted', 'activated')`;
