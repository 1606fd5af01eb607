import { type SQL, sql } from "drizzle-orm";
import { closedGroups } from "#lib/roles/closed-groups.ts";
import type { PositionRange, WorkedRun } from "#lib/runs/run-kind.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import { hasColumn } from "./has-column.ts";
import { rawInSql } from "./raw-in-sql.ts";
import { decide, outcomeOf, reasonOf } from "./verdicts.ts";

const given = (f: string) => `(r.${f} is not null and r.${f} is distinct from old.${f})`;
const emptied = (f: string) => `('${f}' = any (r.cleared) and old.${f} is not null)`;
const differs = sql.raw(profileFields.map((f) => `${given(f)} or ${emptied(f)}`).join(" or "));
const fieldList = sql.raw(profileFields.join(", "));
// A created person gets what is given; of a known one only what differs is a change.
const afterValues = sql.raw(
  profileFields
    .map(
      (f) => `case when d.known is null or (d.writes and d.${f} is distinct from old.${f}) then d.${f} end`,
    )
    .join(", "),
);
const before = sql.raw(
  `jsonb_build_object(${profileFields.map((f) => `'${f}', old.${f}`).join(", ")}, 'status', d.status)`,
);

/**
 * Compares the staged lines of (from, to] with the account's people and writes the changes and the outcome of each
 * line; ids of people and invitations to be made are given here, so that applying makes exactly what was planned.
 * People are joined by what decides; their fields are looked up for lines alone that may change them.
 */
export const planRows = (run: WorkedRun, range: PositionRange): SQL => sql`
  with decided as materialized (
    select r.*, u.id as known, u.version, u.status, changed.hint, open_invitation.id as open_invitation,
      ${hasColumn(run, "Groups") ? sql`joining.names` : sql`null::text[]`} as joining,
      ${hasColumn(run, "Groups") ? sql`joining.closed` : sql`null::text`} as closed_group, ${decide(run)} as verdict
    from run_rows r
    left join users u on r.problem is null and u.account_id = r.account_id and u.email_norm = r.email_norm
    left join invitations open_invitation on r.problem is null and u.status = 'invited' and open_invitation.account_id = r.account_id
      and open_invitation.email_norm = r.email_norm and open_invitation.state = 'open' and open_invitation.expires_at > now()
    left join lateral (
      select ${differs} as is, case when r.first_name = old.last_name and r.last_name = old.first_name
        and r.first_name <> r.last_name then 'First and last name look swapped: they stood here the other way round.' end as hint
      from users old
      where r.asked is distinct from 'new' and old.account_id = u.account_id and old.id = u.id limit 1) changed on true
    ${hasColumn(run, "Groups") ? joining(run) : sql``}
    where r.account_id = ${run.accountId} and r.run_id = ${run.id} and r.position > ${range.from} and r.position <= ${range.to}
      ${range.only ? sql`and r.position = any (${sql.param(range.only)}::int[])` : sql``}),
  planned as (
    select d.*, d.verdict in ('create', 'invite', 'revive', 'update') as writes,
      case when d.known is null then 'create' when d.verdict in ('suspend', 'restore') then d.verdict else 'update' end as action
    from decided d where d.verdict in ('create', 'invite', 'revive', 'update', 'suspend', 'restore')),
  changes as (
    insert into run_changes (account_id, run_id, position, user_id, action, user_version, invitation_id, email, ${fieldList},
      cleared, groups, before)
    select d.account_id, d.run_id, d.position, coalesce(d.known, uuid_v7()), d.action,
      d.version, case when d.verdict in ('create', 'invite', 'revive') then uuid_v7()
        when d.verdict = 'suspend' then d.open_invitation end, d.email, ${afterValues},
      case when d.known is not null and d.writes then d.cleared end, case when d.writes then d.joining end,
      case when d.known is not null then ${before} end
    from planned d left join users old on old.account_id = d.account_id and old.id = d.known
    order by d.position)
  insert into run_entries (account_id, run_id, position, line, email, asked, outcome, reason, raw)
  select d.account_id, d.run_id, d.position, d.line, d.email,
    coalesce(d.asked, case when d.problem is null then case when d.known is null then 'new' else 'update' end end),
    ${outcomeOf}, ${reasonOf}, case when ${outcomeOf} = 'failed' then coalesce(d.raw, ${rawInSql(run)}) end
  from decided d`;

/** The groups that the line names and the person is not in, and one of them that is closed to whoever imports. */
const joining = (run: WorkedRun): SQL => sql`
  left join lateral (
    select array_agg(distinct wanted.name) as names,
      min(wanted.name) filter (where lower(wanted.name) in ${closedGroups(run.accountId, run.requestedBy)}) as closed
    from unnest(string_to_array(r.groups, ';')) wanted (name)
    where not exists (
      select from groups g join group_members m on m.account_id = g.account_id and m.group_id = g.id
      where g.account_id = r.account_id and lower(g.name) = lower(wanted.name) and m.user_id = u.id)) joining on true`;
