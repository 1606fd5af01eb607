import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { usersWhere } from "#lib/users/users-where.ts";
import type { Selection } from "../request-bulk-change.ts";

/** Puts the selection into the staging in one statement, in the order of the list, however many they are. */
export const pickPeople = (run: WorkedRun): SQL[] => [
  sql`set local statement_timeout = '5min'`,
  sql`
    insert into run_rows (account_id, run_id, position, line, email, asked, user_id)
    select ${run.accountId}::uuid, ${run.id}::uuid, n, n, email, ${String(run.options.action)}, id
    from (select id, email, row_number() over (order by account_id desc, id desc) as n
      from users where account_id = ${run.accountId} and ${isPicked(run.options as Selection)}) picked`,
  countPicked(run),
];

/** All that is staged is read: nothing else will come. */
export const countPicked = (run: WorkedRun): SQL => sql`
  update runs set rows_read = picked.n, last_position = picked.n
  from (select count(*)::int as n from run_rows where account_id = ${run.accountId} and run_id = ${run.id}) picked
  where account_id = ${run.accountId} and id = ${run.id}`;

const isPicked = (selection: Selection): SQL =>
  "people" in selection
    ? sql`id = any (${sql.param(selection.people)}::uuid[])`
    : usersWhere(selection.filter, "all");
