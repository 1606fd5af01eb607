-- What was written down before there was a chain waits for its seal as well. Without an account set its owner sees no row.
alter table audit_events no force row level security;
--> statement-breakpoint
alter table audit_unsealed no force row level security;
--> statement-breakpoint
insert into audit_unsealed (account_id, event_id)
  select e.account_id, e.id from audit_events e
  where not exists (select from audit_chain c where c.account_id = e.account_id and c.event_id = e.id)
  on conflict do nothing;
--> statement-breakpoint
alter table audit_events force row level security;
--> statement-breakpoint
alter table audit_unsealed force row level security;
--> statement-breakpoint
grant create on schema public to rollcall_gate;
--> statement-breakpoint
grant insert on audit_events, audit_unsealed to rollcall_gate;
--> statement-breakpoint
create policy gate on audit_events for insert to rollcall_gate with check ((select current_user = 'rollcall_gate'));
--> statement-breakpoint
-- As before; a mail that failed for good, or of which nobody knows, is written down in the same transaction, one event
-- for those of a batch that share account, run, kind and end.
create or replace function settle_emails(
  p_lease uuid, p_account_ids uuid[], p_ids uuid[], p_states text[], p_provider_ids text[], p_errors text[], p_wait_ms integer[])
returns table (account_id uuid, id uuid)
-- A batch looks like one row to the planner, and a nested loop over two hundreds of them took most of the time.
language sql volatile security definer set search_path = public, pg_temp set enable_nestloop = off as $$
  with outcome as (
    select * from unnest(p_account_ids, p_ids, p_states, p_provider_ids, p_errors, p_wait_ms)
      as o(account_id, id, state, provider_id, error, wait_ms)),
  settled as (
    update emails e set state = o.state, provider_id = coalesce(o.provider_id, e.provider_id), error = o.error,
      sent_at = case when o.state in ('sent', 'in_local_mailbox') then now() else e.sent_at end,
      next_attempt_at = case when o.state = 'queued' then now() + o.wait_ms * interval '1 ms' else e.next_attempt_at end,
      first_attempt_at = case when o.state = 'queued' then null else e.first_attempt_at end,
      batch_id = case when o.state = 'queued' then null else e.batch_id end,
      lease = null,
      lease_until = case when o.state = 'sending' then now() + o.wait_ms * interval '1 ms' end
    from outcome o
    where e.account_id = o.account_id and e.id = o.id and e.lease = p_lease and e.state = 'sending'
    returning e.account_id, e.id, e.run_id, e.kind, e.recipient, o.state, o.error),
  counted as (
    update run_mail_counts c set queued = c.queued - s.ended, sent = c.sent + s.sent,
      in_local_mailbox = c.in_local_mailbox + s.local, failed = c.failed + s.failed,
      unknown = c.unknown + s.unknown, withdrawn = c.withdrawn + s.withdrawn
    from (
      select account_id, run_id, count(*) as ended,
        count(*) filter (where state = 'sent') as sent,
        count(*) filter (where state = 'in_local_mailbox') as local,
        count(*) filter (where state = 'failed') as failed,
        count(*) filter (where state = 'unknown') as unknown,
        count(*) filter (where state = 'withdrawn') as withdrawn
      from settled where run_id is not null and state not in ('queued', 'sending')
      group by account_id, run_id order by account_id, run_id) s
    where c.account_id = s.account_id and c.run_id = s.run_id),
  told as (
    insert into audit_events (account_id, actor_kind, actor_name, action, subject_kind, subject_id, run_id, details)
    select account_id, 'system', 'mail', 'mail.' || state, case when run_id is not null then 'run' end, run_id, run_id,
      jsonb_build_object('mails', count(*), 'kind', kind, 'error', min(error),
        'addresses', (array_agg(recipient order by recipient))[1:10])
    from settled where state in ('failed', 'unknown')
    group by account_id, run_id, kind, state)
  select account_id, id from settled
$$;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
