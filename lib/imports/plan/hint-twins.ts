import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";

/**
 * A new person with the Alternate ID of somebody else, here or earlier in the file, is perhaps that person under a second
 * address: added all the same, and said so in the report. Nothing where the file has no such column.
 */
export function hintTwins(run: WorkedRun): SQL[] {
  const columns = (run.assumed as { columns?: { field: string }[] } | null)?.columns ?? [];
  if (!columns.some(({ field }) => field === "Alternate ID")) return [];
  return [
    sql`
      with made as materialized (
        select position, email, alternate_id from run_changes
        where account_id = ${run.accountId} and run_id = ${run.id} and action = 'create' and alternate_id is not null),
      twins as (
        select m.position, u.email as other from made m
        join users u on u.account_id = ${run.accountId} and u.alternate_id = m.alternate_id and u.status <> 'deleted'
        union all
        select m.position, f.email from (
          select alternate_id, min(position) as first from made group by alternate_id having count(*) > 1) twice
        join made f on f.position = twice.first
        join made m on m.alternate_id = twice.alternate_id and m.position > twice.first)
      update run_entries e set reason = concat_ws(' ', e.reason, t.reason)
      from (
        select position, 'Has the Alternate ID of ' || coalesce(min(other), 'a person without an address')
          || ': perhaps one person under two addresses.' as reason
        from twins group by position) t
      where e.account_id = ${run.accountId} and e.run_id = ${run.id} and e.position = t.position`,
  ];
}
