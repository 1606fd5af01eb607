import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";

/** Units and lists as the run read them. */
export const staged = (run: WorkedRun): SQL =>
  sql`(select * from run_groups where account_id = ${run.accountId} and run_id = ${run.id})`;

/**
 * People whose entry has changed: only they can be in another unit than before, or new in a list that is as it was. What is
 * asked about them is asked person by person (`lateral`, held together by `offset 0`): Postgres does not know how few they are,
 * and would begin with everybody in every group, once for each of them.
 */
const touched = (run: WorkedRun): SQL => sql`
  with touched as materialized (
    select e.user_id, e.dn_key, e.verdict from directory_entries e
    where e.account_id = ${run.accountId} and e.user_id is not null and e.external_id = any (array(
      select external_id from run_rows where account_id = ${run.accountId} and run_id = ${run.id})))`;

const leave = (run: WorkedRun, when: SQL): SQL => sql`
  ${touched(run)},
  leaving as materialized (
    select m.group_id, t.user_id from touched t cross join lateral (
      select own.group_id from group_members own
      join users u on u.account_id = own.account_id and u.id = own.user_id
      join groups g on g.account_id = own.account_id and g.id = own.group_id
      join ${staged(run)} s on s.external_id = g.external_id
      where own.account_id = ${run.accountId} and own.user_id = t.user_id and not (t.verdict = 'in' and (
        (s.kind = 'organizational_unit' and s.name is not distinct from u.organizational_unit)
        or exists (select from run_group_members l where l.account_id = own.account_id and l.run_id = ${run.id}
          and l.member_id = t.dn_key and l.group_id = g.external_id)))
      offset 0) m
    where ${when})
  delete from group_members m using leaving l
  where m.account_id = ${run.accountId} and m.group_id = l.group_id and m.user_id = l.user_id`;

const join = (run: WorkedRun, when: SQL): SQL => sql`
  ${touched(run)}
  insert into group_members (account_id, group_id, user_id)
  select ${run.accountId}::uuid, wanted.group_id, t.user_id from touched t cross join lateral (
    (select g.id as group_id from users u
      join ${staged(run)} s on s.name = u.organizational_unit and s.kind = 'organizational_unit'
      join groups g on g.account_id = s.account_id and g.external_id = s.external_id
      where u.account_id = ${run.accountId} and u.id = t.user_id offset 0)
    union
    (select g.id from run_group_members m join groups g on g.account_id = m.account_id and g.external_id = m.group_id
      where m.account_id = ${run.accountId} and m.run_id = ${run.id} and m.member_id = t.dn_key offset 0)) wanted
  where t.verdict = 'in' and ${when} on conflict do nothing`;

/** Statements that keep their groups; `when`: whether they are to do anything. */
export const keepTouched = (run: WorkedRun, when: SQL): SQL[] => [leave(run, when), join(run, when)];
