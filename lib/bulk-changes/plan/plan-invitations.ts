import { type SQL, sql } from "drizzle-orm";
import type { PositionRange, WorkedRun } from "#lib/runs/run-kind.ts";
import { decideInvitation, outcomeOf, reasonOf } from "./invitation-verdicts.ts";
import { isDomainOurs } from "./no-mail-to.ts";

/**
 * Compares the picked invitations of (from, to] with what they and their people are now, and writes what becomes of them.
 * Each is looked up by key: right after the picking the tables have no statistics.
 */
export const planInvitations = (run: WorkedRun, { from, to, only }: PositionRange): SQL => sql`
  with looked as materialized (
    select r.account_id, r.position, r.line, r.asked, r.invitation_id, coalesce(i.email, r.email) as email,
      coalesce(i.user_id, r.user_id) as user_id, i.state, i.expires_at <= now() as has_run_out, i.generation,
      floor(extract(epoch from now() - i.resent_at) / 60)::int as minutes_since_resent, u.version, u.status,
      u.email_norm = i.email_norm as is_address_kept, s.reason as suppressed, o.id as newer,
      'invitation:' || i.id || ':' || i.generation as letter, 'reminder:' || i.id || ':' || i.generation as reminder,
      ${isDomainOurs("i.email_norm", run)} as is_domain_ours
    from (select * from run_rows where account_id = ${run.accountId} and run_id = ${run.id} and position > ${from}
      and position <= ${to} ${only ? sql`and position = any (${sql.param(only)}::int[])` : sql``} offset 0) r
    left join lateral (
      select * from invitations where account_id = ${run.accountId} and id = r.invitation_id limit 1) i on true
    left join lateral (select * from users where account_id = ${run.accountId} and id = i.user_id limit 1) u on true
    left join lateral (select reason from suppressed_addresses
      where account_id = ${run.accountId} and email_norm = i.email_norm limit 1) s on true
    left join lateral (select id from invitations n where n.account_id = ${run.accountId} and n.user_id = i.user_id
      and n.email_norm = i.email_norm and n.id <> i.id and (n.state = 'open' or n.id > i.id) limit 1) o on true),
  decided as materialized (
    select l.*, ${decideInvitation} as verdict from looked l
    left join lateral (
      select state from emails where account_id = ${run.accountId} and key = l.letter limit 1) m on true
    left join lateral (
      select state from emails where account_id = ${run.accountId} and key = l.reminder limit 1) reminder on true),
  changes as (
    insert into run_changes (account_id, run_id, position, user_id, action, user_version, invitation_id, email, before)
    select d.account_id, ${run.id}::uuid, d.position, d.user_id, d.verdict, d.version, d.invitation_id, d.email,
      jsonb_build_object('status', d.status, 'generation', d.generation)
    from decided d where d.verdict in ('resend', 'revoke') order by d.position)
  insert into run_entries (account_id, run_id, position, line, email, asked, outcome, reason)
  select d.account_id, ${run.id}::uuid, d.position, d.line, d.email, d.asked, ${outcomeOf}, ${reasonOf} from decided d`;
