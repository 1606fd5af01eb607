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
      u.managed, open_invitation.id as open_invitation, ${decideChange(run)} as verdict
    from (select * from run_rows where account_id = ${run.accountId} and run_id = ${run.id} and position > ${from}
      and position <= ${to} ${only ? sql`and position = any (${sql.param(only)}::int[])` : sql``} offset 0) r
    left join lateral (
      select * from users where account_id = ${run.accountId} and id = r.user_id limit 1) u on true
    ${openInvitation}),
  changes as (
    insert into run_changes (account_id, run_id, position, user_id, action, user_version, invitation_id, email, before)
    select d.account_id, ${run.id}::uuid, d.position, d.user_id, d.verdict, d.version, d.open_invitation, d.email,
      jsonb_build_object('status', d.status)
    from decided d where d.verdict in ('manage', 'unmanage', 'suspend', 'restore')
    order by d.position)
  insert into run_entries (account_id, run_id, position, line, email, asked, outcome, reason)
  select d.account_id, ${run.id}::uuid, d.position, d.line, d.email, d.asked, ${outcomeOf}, ${reasonOf} from decided d`;

/** The invitation that ends with the suspension, for an undo to open again; of a restored person the one that ended so. */
const openInvitation = sql`
  left join lateral (
    select i.id from invitations i
    where i.account_id = r.account_id and i.user_id = u.id and i.email_norm = u.email_norm and i.expires_at > now()
      and ((r.asked = 'suspend' and u.status = 'invited' and i.state = 'open')
        or (r.asked = 'restore' and u.status = 'suspended' and u.status_before_suspension = 'invited'
          and i.state = 'revoked' and i.ended_at = u.suspended_at))
    limit 1) open_invitation on true`;
