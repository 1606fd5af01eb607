-- An outbox row changes its state twice on its way, and each change writes every index that names the state: what the
-- primary key or the leases' index can find needs no index of its own.
DROP INDEX "emails_by_batch";
--> statement-breakpoint
drop index emails_by_lease;
--> statement-breakpoint
drop function settle_emails(uuid, uuid[], text[], text[], text[], integer[]);
--> statement-breakpoint
grant create on schema public to rollcall_gate;
--> statement-breakpoint
-- Only rows under this lease change, and a batch over several accounts is settled in one statement: half settled, its
-- retry would carry another body under the same key. p_wait_ms: until a 'queued' mail is due, or a 'sending' batch (no
-- answer came) may be taken again. Returns what it changed.
create function settle_emails(
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
    returning e.account_id, e.id, e.run_id, o.state),
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
    where c.account_id = s.account_id and c.run_id = s.run_id)
  select account_id, id from settled
$$;
--> statement-breakpoint
revoke execute on function settle_emails(uuid, uuid[], uuid[], text[], text[], text[], integer[]) from public;
--> statement-breakpoint
grant execute on function settle_emails(uuid, uuid[], uuid[], text[], text[], text[], integer[]) to rollcall_worker;
--> statement-breakpoint
alter function settle_emails(uuid, uuid[], uuid[], text[], text[], text[], integer[]) owner to rollcall_gate;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
