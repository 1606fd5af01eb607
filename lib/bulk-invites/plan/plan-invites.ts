import { type SQL, sql } from "drizzle-orm";
import type { PositionRange, WorkedRun } from "#lib/runs/run-kind.ts";
import { decide, minutesAgo, outcomeOf, reasonOf } from "./verdicts.ts";

/**
 * Compares the staged addresses of (from, to] with the account's people and writes whom to invite, and the outcome of
 * each line; ids of people and invitations to be made are given here, so that applying makes exactly what was planned.
 */
export const planInvites = (run: WorkedRun, range: PositionRange): SQL => sql`
  with decided as materialized (
    select r.account_id, r.run_id, r.position, r.line, r.email, r.problem, r.raw, u.id as known, u.version, u.status,
      o.id as open_invitation, o.generation, ${minutesAgo} as minutes_ago, ${decide(run)} as verdict
    from run_rows r
    left join users u on r.problem is null and u.account_id = r.account_id and u.email_norm = r.email_norm
    left join invitations o on r.problem is null and u.status = 'invited' and o.account_id = r.account_id
      and o.email_norm = r.email_norm and o.state = 'open' and o.expires_at > now()
    left join suppressed_addresses s on r.problem is null and s.account_id = r.account_id and s.email_norm = r.email_norm
    where r.account_id = ${run.accountId} and r.run_id = ${run.id} and r.position > ${range.from} and r.position <= ${range.to}
      ${range.only ? sql`and r.position = any (${sql.param(range.only)}::int[])` : sql``}),
  changes as (
    insert into run_changes (account_id, run_id, position, user_id, action, user_version, invitation_id, email, before)
    select d.account_id, d.run_id, d.position, coalesce(d.known, uuid_v7()),
      case d.verdict when 'create' then 'create' when 'resend' then 'resend' else 'update' end, d.version,
      case d.verdict when 'resend' then d.open_invitation else uuid_v7() end, d.email,
      case when d.known is not null then jsonb_build_object('status', d.status, 'generation', d.generation) end
    from decided d where d.verdict in ('create', 'invite', 'renew', 'revive', 'resend')
    order by d.position)
  insert into run_entries (account_id, run_id, position, line, email, outcome, reason, raw)
  select d.account_id, d.run_id, d.position, d.line, d.email, ${outcomeOf}, ${reasonOf},
    case when ${outcomeOf} = 'failed' then coalesce(d.raw, jsonb_build_array(d.email)::text) end
  from decided d`;
