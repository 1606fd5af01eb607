import { type SQL, sql } from "drizzle-orm";
import type { PositionRange, WorkedRun } from "#lib/runs/run-kind.ts";
import { decideChange, outcomeOf, reasonOf } from "./verdicts.ts";

/**
 * Compares the picked people of (from, to] with what they are now, and writes what changes them. Each is looked up by
 * key: right after the picking the tables have no statistics.
 */
export const planChanges = (run: WorkedRun, { from, to, only }: PositionRange): SQL => sql`
  with decided as materialized (
    select r.account_id, r.position, r.line, r.user_id, r.asked, coalesce(u.email, r.email) as email, u.version, u.status,
      u.managed, ended.id as ended_with_them, ${decideChange(run)} as verdict
    from (select * from run_rows where account_id = ${run.accountId} and run_id = ${run.id} and position > ${from}
      and position <= ${to} ${only ? sql`and position = any (${sql.param(only)}::int[])` : sql``} offset 0) r
    left join lateral (
      select * from users where account_id = ${run.accountId} and id = r.user_id limit 1) u on true
    ${endedWithThem} ${invitable(run)}),
  changes as (
    insert into run_changes (account_id, run_id, position, user_id, action, user_version, invitation_id, email, before)
    select d.account_id, ${run.id}::uuid, d.position, d.user_id, case when d.verdict in ('invite', 'renew') then 'update' else d.verdict end,
      d.version, case when d.verdict in ('invite', 'renew') then uuid_v7() else d.ended_with_them end, d.email,
      jsonb_build_object('status', d.status)
    from decided d where d.verdict in ('manage', 'unmanage', 'suspend', 'restore', 'invite', 'renew')
    order by d.position)
  insert into run_entries (account_id, run_id, position, line, email, asked, outcome, reason)
  select d.account_id, ${run.id}::uuid, d.position, d.line, d.email, d.asked, ${outcomeOf}, ${reasonOf} from decided d`;

/** The invitation that ends with the suspension, for an undo to open again; of a restored person the one that ended so. */
const endedWithThem = sql`
  left join lateral (
    select i.id from invitations i
    where i.account_id = r.account_id and i.user_id = u.id and i.email_norm = u.email_norm and i.expires_at > now()
      and ((r.asked = 'suspend' and u.status = 'invited' and i.state = 'open')
        or (r.asked = 'restore' and u.status = 'suspended' and u.status_before_suspension = 'invited'
          and i.state = 'revoked' and i.ended_at = u.suspended_at))
    limit 1) ended on true`;

/** Of whom is to be invited: what is open to their address already, and why no mail goes there. */
const invitable = (run: WorkedRun): SQL => sql`
  left join lateral (
    select i.id from invitations i where r.asked = 'invite' and i.account_id = ${run.accountId} and i.email_norm = u.email_norm
      and i.state = 'open' and i.expires_at > now() limit 1) standing on true
  left join lateral (
    select s.reason from suppressed_addresses s
    where r.asked = 'invite' and s.account_id = ${run.accountId} and s.email_norm = u.email_norm limit 1) s on true`;
