grant create on schema public to rollcall_gate;
--> statement-breakpoint
-- As before, but nothing new of a suspended account is taken. What a worker had taken already is settled: of a batch whose
-- answer never came the provider may have every mail.
create or replace function claim_emails(p_limit integer, p_lease uuid, p_lease_seconds integer, p_provider text)
returns table (account_id uuid, id uuid, batch_id uuid, retaken boolean)
language plpgsql volatile security definer set search_path = public, pg_temp
set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
#variable_conflict use_column
declare
  batch uuid;
begin
  select e.batch_id into batch from emails e
  where e.state = 'sending' and e.lease_until < now() order by e.lease_until limit 1;
  if batch is not null and pg_try_advisory_xact_lock(hashtextextended(batch::text, 0)) then
    return query
      update emails e set lease = p_lease, lease_until = now() + make_interval(secs => p_lease_seconds),
        attempts = e.attempts + 1
      where e.batch_id = batch and e.state = 'sending' and e.lease_until < now()
      returning e.account_id, e.id, e.batch_id, true;
    if found then return; end if;
  end if;
  batch := uuid_v7();
  return query
    with due as (
      select d.account_id, d.id from emails d
      where d.state = 'queued' and d.next_attempt_at <= now()
        and d.account_id <> all (array(select a.id from accounts a where a.suspended_at is not null))
      order by d.priority, d.next_attempt_at, d.id limit p_limit for update skip locked)
    update emails e set state = 'sending', batch_id = batch, lease = p_lease, provider = p_provider,
      lease_until = now() + make_interval(secs => p_lease_seconds), attempts = e.attempts + 1,
      first_attempt_at = coalesce(e.first_attempt_at, now())
    from due where e.account_id = due.account_id and e.id = due.id
    returning e.account_id, e.id, e.batch_id, false;
end
$$;
--> statement-breakpoint
-- The mails of a suspended account are put off to infinity, so that they are not walked over at every claim.
create or replace function next_mail_due() returns table (due timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select least(
    (select min(e.next_attempt_at) from emails e where e.state = 'queued' and e.next_attempt_at < 'infinity'
      and e.account_id <> all (array(select a.id from accounts a where a.suspended_at is not null))),
    (select min(e.lease_until) from emails e where e.state = 'sending'))
$$;
--> statement-breakpoint
create or replace function gate_orphaned_runs(p_idle_seconds integer) returns table (account_id uuid, run_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.account_id, r.id from runs r
  where (r.state in ('queued', 'reading', 'planning', 'applying') or (r.state = 'planned' and r.mode = 'apply'))
    and coalesce(r.lease_until, r.requested_at) < now() - make_interval(secs => p_idle_seconds)
    and r.account_id <> all (array(select a.id from accounts a where a.suspended_at is not null))
  order by r.id limit 1000
$$;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
