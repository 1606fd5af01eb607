import { type SQL, sql } from "drizzle-orm";
import { joinedBy, wayFor } from "#lib/runs/joins.ts";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { noteShared } from "./note-shared.ts";
import { hasAlias, isUnstated } from "./verdicts.ts";

type Range = { from: number; to: number };

/** Entries whose person was changed here since are looked at again. */
export const forgetChangedHere = ({ accountId }: WorkedRun): SQL => sql`
  update directory_entries e set row_hash = null
  where e.account_id = ${accountId} and e.row_hash is not null and e.user_id is not null and not exists (
    select from users u where u.account_id = e.account_id and u.id = e.user_id and u.version = e.user_version)`;

/** Whoever was suspended by this run is known by it when they come back. */
const suspended = (run: WorkedRun, { from, to }: Range): SQL => sql`
  update directory_entries e set verdict = 'suspended', row_hash = null, marks = null, still_in = null, user_version = u.version, run_id = c.run_id
  from run_changes c join users u on u.account_id = c.account_id and u.id = c.user_id
  -- Not of whoever waits for approval: an admin may have suspended them meanwhile.
  join run_entries line on line.account_id = c.account_id and line.run_id = c.run_id and line.position = c.position
    and line.outcome = 'deleted'
  where c.account_id = ${run.accountId} and c.run_id = ${run.id} and c.position > ${from} and c.position <= ${to}
    and c.action = 'suspend' and u.status = 'suspended' and e.account_id = c.account_id and e.external_id = u.external_id`;

/** Dealt with, and nothing left to do: only a change in the directory brings the entry up again. */
const isSettled = sql`(line.outcome in ('new', 'updated', 'unchanged', 'activated', 'deleted')
  or r.asked in ('excluded', 'protected') or (r.asked = 'disabled' and u.id is null)) and (r.asked <> 'present'
  or r.email_norm is not distinct from u.email_norm or ${hasAlias("r", "u")} or r.problem ~ '(foreign|odd)_mail')`;

/** Left suspended, for nobody knows better: known as before. */
const staysSuspended = sql`(before.verdict = 'suspended' and (r.asked = 'disabled' or (u.status = 'suspended' and ${isUnstated("before")})))`;

/** What became of an entry. Suspended: by a sync, so that a sync restores. */
const verdict = sql`case when r.asked in ('excluded', 'protected') then r.asked
  when (r.asked = 'disabled' and line.outcome = 'deleted') or ${staysSuspended} then 'suspended'
  when u.id is null then 'left_out' else 'in' end`;
const reason = sql`case when r.asked = 'present' and ${staysSuspended} then before.reason else line.reason end`;

/** The lines of a range as the new snapshot; those that wait for approval are as they were. */
const dealtWith = (run: WorkedRun, { from, to }: Range): SQL => sql`
  insert into directory_entries (account_id, external_id, user_id, user_version, dn, dn_key, email, row_hash, verdict, reason,
    marks, run_id)
  select r.account_id, r.external_id, u.id, u.version, r.dn, r.dn_key, r.email, case when ${isSettled} then r.row_hash end,
    ${verdict}, ${reason}, string_to_array(r.problem, ','), r.run_id
  from run_rows r
  join run_entries line on line.account_id = r.account_id and line.run_id = r.run_id and line.position = r.position
  left join users u on u.account_id = r.account_id and u.external_id = r.external_id and u.status <> 'deleted'
  left join directory_entries before on before.account_id = r.account_id and before.external_id = r.external_id
  where r.account_id = ${run.accountId} and r.run_id = ${run.id} and r.position > ${from} and r.position <= ${to}
    and r.asked <> 'gone' and line.outcome <> 'waiting'
  on conflict (account_id, external_id) do update set user_id = excluded.user_id, user_version = excluded.user_version,
    dn = excluded.dn, dn_key = excluded.dn_key, email = excluded.email, row_hash = excluded.row_hash, verdict = excluded.verdict,
    reason = excluded.reason, marks = excluded.marks, still_in = null, run_id = excluded.run_id`;

export const keepSnapshot = (run: WorkedRun, range: Range): SQL[] =>
  joinedBy(wayFor(range.to - range.from), [suspended(run, range), dealtWith(run, range)]);

/** Whoever is nobody here and was not met in a complete reading is forgotten. */
const forgetUnmet = (run: WorkedRun): SQL => sql`
  delete from directory_entries e where e.account_id = ${run.accountId} and e.user_id is null
    and e.external_id = any (array(
      select external_id from run_rows where account_id = ${run.accountId} and run_id = ${run.id} and asked = 'gone'))`;

/**
 * What the next run goes by. Where removals wait, or could not be judged, it is still the first one under these settings,
 * and still measured by the total before.
 */
const noteDirectory = (run: WorkedRun): SQL => sql`
  update directories d set last_good_at = clock_timestamp(), alerted_at = null,
    position = coalesce(nullif(r.options->'position', 'null'), d.position),
    last_full_at = case when r.span = 'full' then clock_timestamp() else d.last_full_at end,
    settled_as = case when r.span = 'full' and judged.all then r.options->>'settledAs' else d.settled_as end,
    last_total = case when r.span = 'full' and judged.all then (r.options->>'met')::int else d.last_total end,
    held_since = case when r.trigger = 'manual' then clock_timestamp() else d.held_since end
  from runs r cross join lateral (
    select r.removals <> 'waiting' and coalesce((r.options->>'countAgrees')::boolean, false) as all) judged
  where r.account_id = ${run.accountId} and r.id = ${run.id} and d.account_id = r.account_id and d.id = r.target`;

/** Once waiting removals have been approved and done, the settings have proved themselves. */
export const noteApproved = (run: WorkedRun): SQL => sql`
  update directories d set settled_as = r.options->>'settledAs', last_total = (r.options->>'met')::int
  from runs r where r.account_id = ${run.accountId} and r.id = ${run.id} and r.span = 'full' and d.account_id = r.account_id
    and d.id = r.target and not exists (select from runs later where later.account_id = r.account_id and later.target = r.target
      and later.state = 'completed' and later.id > r.id)`;

/** Who is disabled and yet in a list that was chosen. */
const noteStillIn = (run: WorkedRun): SQL => sql`
  with now_in as materialized (
    select o.external_id, left(string_agg(distinct g.name, ', ' order by g.name), 500) as lists from directory_entries o
    left join run_group_members m on m.account_id = o.account_id and m.run_id = ${run.id} and m.member_id = o.dn_key
    left join run_groups g on g.account_id = m.account_id and g.run_id = m.run_id and g.external_id = m.group_id
    where o.account_id = ${run.accountId} and o.marks is not null and 'disabled' = any (o.marks)
    group by o.external_id)
  update directory_entries e set still_in = now_in.lists from now_in
  where e.account_id = ${run.accountId} and e.external_id = now_in.external_id and e.marks is not null
    and e.still_in is distinct from now_in.lists
    and (select (options->>'listsRead')::boolean from runs where account_id = ${run.accountId} and id = ${run.id})`;

export const noteEnd = (run: WorkedRun): SQL[] => [
  ...(run.span === "full" ? [forgetUnmet(run), noteShared(run)] : []),
  ...joinedBy("scan", [noteStillIn(run)]),
  noteDirectory(run),
];
