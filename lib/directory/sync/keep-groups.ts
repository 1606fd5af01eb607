import { type SQL, sql } from "drizzle-orm";
import { joinedBy } from "#lib/runs/joins.ts";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { keepTouched, staged } from "./keep-touched.ts";

const mostApart = 500;

/**
 * Whether units or lists, or who is in a list, are not as at the last run; or a run since was cut short, which has settled
 * people but not their groups.
 */
const regrouped = (run: WorkedRun): SQL => sql`(
  select (r.options->>'unitsAre', r.options->>'listsAre') is distinct from (last.units, last.lists) or exists (
    select from runs cut where cut.account_id = r.account_id and cut.target = r.target and cut.state in ('failed', 'cancelled')
      and cut.applied_to > 0 and cut.id < r.id and cut.id > last.id)
  from runs r left join lateral (
    select before.id, before.options->>'unitsAre' as units, before.options->>'listsAre' as lists from runs before
    where before.account_id = r.account_id and before.target = r.target and before.state = 'completed' and before.id < r.id
    order by before.id desc limit 1) last on true
  where r.account_id = ${run.accountId} and r.id = ${run.id})`;

/** Person by person what takes a few milliseconds for each is slower from so many lines on than everybody at once. */
const isWide = (run: WorkedRun): SQL => sql`(${regrouped(run)} or (
  select last_position > ${mostApart} from runs where account_id = ${run.accountId} and id = ${run.id}))`;

const everybody = (run: WorkedRun): SQL => sql`(
  select e.user_id, e.dn_key, e.verdict from directory_entries e where e.account_id = ${run.accountId} and e.user_id is not null)`;

/** Whether no other group of the account has this name. Counted: a join would go through all groups for each of them. */
const isFree = (name: string): SQL =>
  sql.raw(`(select count(*) from groups own where own.account_id = s.account_id
    and lower(own.name) = lower(${name}) and own.external_id is distinct from s.external_id) = 0`);

const marked = (by: string) => `s.name || ' (directory ' || ${by} || ')'`;
const briefly = marked("left(s.external_id, 8)");
const wholly = marked("s.external_id");

/** The first that is free of: the name, marked with a part of the id, with all of it, as it is, with something new. */
const groupName = sql`case when s.nth = 1 and ${isFree("s.name")} then s.name
  when s.same = 1 and ${isFree(briefly)} then ${sql.raw(briefly)}
  when ${isFree(wholly)} then ${sql.raw(wholly)}
  else coalesce(s.present, ${sql.raw(wholly)} || ' ' || uuid_v7()) end`;

/**
 * Units and lists as groups, by the id that they keep when they are renamed. A name that another one has, here or in the
 * directory, is marked.
 */
const groups = (run: WorkedRun): SQL => sql`
  insert into groups (account_id, name, source, kind, external_id, parent_external_id)
  select s.account_id, ${groupName}, 'synced', s.kind, s.external_id, s.parent_id
  from (
    select r.*, g.name as present,
      row_number() over (partition by lower(r.name) order by (lower(g.name) = lower(r.name)) desc nulls last, r.external_id) as nth,
      row_number() over (partition by lower(r.name), left(r.external_id, 8)
        order by (lower(g.name) = lower(r.name)) desc nulls last, r.external_id) as same
    from ${staged(run)} r left join groups g on g.account_id = r.account_id and g.external_id = r.external_id) s
  where ${regrouped(run)}
  on conflict (account_id, external_id) where external_id is not null do update set name = excluded.name,
    parent_external_id = excluded.parent_external_id, kind = excluded.kind, source = 'synced'
  where groups.name <> excluded.name or groups.parent_external_id is distinct from excluded.parent_external_id
    or groups.source <> 'synced'`;

/** Who should be in which of the staged groups. */
const wanted = (run: WorkedRun): SQL => sql`(
  select g.id as group_id, e.user_id from ${everybody(run)} e
  join users u on u.account_id = ${run.accountId} and u.id = e.user_id
  join ${staged(run)} s on s.name = u.organizational_unit and s.kind = 'organizational_unit'
  join groups g on g.account_id = s.account_id and g.external_id = s.external_id where e.verdict = 'in'
  union
  select g.id, e.user_id from ${everybody(run)} e
  join run_group_members m on m.account_id = ${run.accountId} and m.run_id = ${run.id} and m.member_id = e.dn_key
  join groups g on g.account_id = m.account_id and g.external_id = m.group_id where e.verdict = 'in')`;

const join = (run: WorkedRun): SQL => sql`
  insert into group_members (account_id, group_id, user_id)
  select ${run.accountId}::uuid, w.group_id, w.user_id from ${wanted(run)} w where ${isWide(run)} on conflict do nothing`;

const leave = (run: WorkedRun): SQL => sql`
  with wanted as materialized ${wanted(run)}
  delete from group_members m using groups g, ${staged(run)} s
  where ${isWide(run)} and g.account_id = ${run.accountId} and g.external_id = s.external_id
    and m.account_id = g.account_id and m.group_id = g.id
    and not exists (select from wanted w where w.group_id = m.group_id and w.user_id = m.user_id)`;

/** Groups whose id was forgotten are those of their name, where one of their kind, and no other, has it. */
const recognized = (run: WorkedRun): SQL => sql`
  update groups g set external_id = s.external_id from (
    select kind, lower(name) as name, min(external_id) as external_id from ${staged(run)} r
    group by kind, lower(name) having count(*) = 1) s
  where g.account_id = ${run.accountId} and g.source = 'synced' and g.external_id is null and g.kind = s.kind
    and lower(g.name) = s.name
    and not exists (select from groups own where own.account_id = g.account_id and own.external_id = s.external_id)`;

/** What is a unit or a chosen list no longer stays, with its people, as a group of this account's own. */
const release = (run: WorkedRun): SQL => sql`
  update groups g set source = 'manual', external_id = null, parent_external_id = null, kind = 'group'
  where g.account_id = ${run.accountId} and g.source = 'synced' and ${run.span === "full"} and ${regrouped(run)}
    and not exists (select from ${staged(run)} s where s.external_id = g.external_id)`;

/** Statements that keep the account's groups as the directory has them. */
export const keepGroups = (run: WorkedRun): SQL[] => [
  ...joinedBy("scan", [recognized(run), release(run), groups(run), leave(run), join(run)]),
  ...joinedBy("index", keepTouched(run, sql`not ${isWide(run)}`)),
];

/** Who was suspended by approval is in none of the directory's groups any more; the next sync would find nothing changed about them. */
export const leaveSuspended = (run: WorkedRun): SQL => sql`
  delete from group_members m using run_changes c, users u, groups g
  where c.account_id = ${run.accountId} and c.run_id = ${run.id} and c.action = 'suspend'
    and u.account_id = c.account_id and u.id = c.user_id and u.status = 'suspended'
    and m.account_id = u.account_id and m.user_id = u.id
    and g.account_id = m.account_id and g.id = m.group_id and g.source = 'synced'`;
