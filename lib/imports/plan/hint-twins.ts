import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { hasColumn } from "./has-column.ts";

/** An ID that more people share ("N/A") says nothing of who they are. */
const mostTwins = 5;

/**
 * A new person with the Alternate ID of somebody else, here or earlier in the file, is perhaps that person under a second
 * address: added all the same, and said so in the report. Nothing where the file has no such column.
 */
export function hintTwins(run: WorkedRun): SQL[] {
  if (!hasColumn(run, "Alternate ID")) return [];
  // Windows in place of a join of people with people: one ID may stand in all lines.
  return [
    sql`
      with made as materialized (
        select position, email, alternate_id from run_changes
        where account_id = ${run.accountId} and run_id = ${run.id} and action = 'create' and alternate_id is not null),
      people as (
        select 0 as position, email, alternate_id from users
        where account_id = ${run.accountId} and status <> 'deleted' and alternate_id in (select alternate_id from made)
        union all
        select position, email, alternate_id from made),
      alike as (
        select position, count(*) over (partition by alternate_id) as n, row_number() over w as nth,
          first_value(coalesce(email, 'a person without an address')) over w as other
        from people window w as (partition by alternate_id order by position, email))
      update run_entries e set reason = concat_ws(' ', e.reason, 'Has the Alternate ID of ' || a.other
        || ': perhaps one person under two addresses.')
      from alike a
      where a.position > 0 and a.nth > 1 and a.n <= ${mostTwins}
        and e.account_id = ${run.accountId} and e.run_id = ${run.id} and e.position = a.position`,
  ];
}
