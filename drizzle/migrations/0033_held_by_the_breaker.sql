ALTER TABLE "emails" ADD COLUMN "failed_at" timestamp with time zone;
--> statement-breakpoint
grant create on schema public to rollcall_gate;
--> statement-breakpoint
-- As before, and: the breaker holds back invitations and reminders that somebody waits for, too; a failure that was told of
-- an earlier attempt is none of this one.
create or replace function claim_emails(p_limit integer, p_lease uuid, p_lease_seconds integer, p_provider text, p_daily_cap integer)
returns table (account_id uuid, id uuid, batch_id uuid, retaken boolean, held boolean)
language plpgsql volatile security definer set search_path = public, pg_temp
set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
#variable_conflict use_column
declare
  batch uuid;
  accounts_due uuid[];
  ids_due uuid[];
  bulk_due boolean[];
  offers_due boolean[];
  goes boolean[];
  capped boolean[];
  today date := mail_day(now());
begin
  select e.batch_id into batch from emails e
  where e.state = 'sending' and e.lease_until < now() order by e.lease_until limit 1;
  if batch is not null and pg_try_advisory_xact_lock(hashtextextended(batch::text, 0)) then
    return query
      update emails e set lease = p_lease, lease_until = now() + make_interval(secs => p_lease_seconds),
        attempts = e.attempts + 1
      where e.batch_id = batch and e.state = 'sending' and e.lease_until < now()
      returning e.account_id, e.id, e.batch_id, true, false;
    if found then return; end if;
  end if;
  with open_accounts as (select array(select a.id from accounts a where a.suspended_at is not null) as closed),
  due as (
    select * from (
      select d.account_id, d.id, false as is_bulk, d.kind in ('invitation', 'reminder') as is_offer from emails d, open_accounts o
      where d.state = 'queued' and d.priority = 0 and d.next_attempt_at <= now() and d.account_id <> all (o.closed)
      order by d.next_attempt_at, d.id limit p_limit for update of d skip locked) single
    union all
    select * from (
      select d.account_id, d.id, true, false from emails d, open_accounts o
      where d.state = 'queued' and d.priority = 1 and d.next_attempt_at <= now() and d.account_id <> all (o.closed)
      order by d.next_attempt_at, d.id limit p_limit for update of d skip locked) bulk
    limit p_limit)
  select array_agg(due.account_id), array_agg(due.id), array_agg(due.is_bulk), array_agg(due.is_offer)
  into accounts_due, ids_due, bulk_due, offers_due from due;
  if ids_due is null then return; end if;
  batch := uuid_v7();
  with holder as materialized (
    select a.id, h.why, h.until, case when p_daily_cap is not null then coalesce(a.daily_mail_cap, p_daily_cap) end as cap
    from (select distinct account_id from unnest(accounts_due) u (account_id)) mine
    join accounts a on a.id = mine.account_id
    cross join lateral mail_hold(a) h),
  due as materialized (
    select d.account_id, d.id, d.is_bulk, h.why, h.until, h.cap, d.place,
      h.why is not null and (d.is_bulk or d.is_offer and h.why = 'breaker') as waits
    from unnest(accounts_due, ids_due, bulk_due, offers_due) with ordinality d (account_id, id, is_bulk, is_offer, place)
    join holder h on h.id = d.account_id),
  counted as (
    insert into mail_days as m (account_id, day, sent)
    select d.account_id, today, count(*) from due d where not d.waits group by d.account_id order by d.account_id
    on conflict (account_id, day) do update set sent = m.sent + excluded.sent
    returning m.account_id, m.sent),
  ranked as (
    select d.*, row_number() over (partition by d.account_id order by d.place)
      - count(*) over (partition by d.account_id) as behind from due d where not d.waits),
  verdict as (
    select r.account_id, r.id, true as goes, null::text as why, null::timestamptz as until
    from ranked r join counted c on c.account_id = r.account_id
    where not r.is_bulk or r.cap is null or c.sent + r.behind <= r.cap
    union all
    select r.account_id, r.id, false, 'daily_cap', now() + interval '1 minute'
    from ranked r join counted c on c.account_id = r.account_id
    where r.is_bulk and c.sent + r.behind > r.cap
    union all
    select d.account_id, d.id, false, d.why, d.until from due d where d.waits),
  judged as (
    update emails e set
      state = case when v.goes then 'sending' else e.state end,
      batch_id = case when v.goes then batch end,
      lease = case when v.goes then p_lease end,
      lease_until = case when v.goes then now() + make_interval(secs => p_lease_seconds) end,
      provider = case when v.goes then p_provider else e.provider end,
      attempts = e.attempts + v.goes::integer,
      first_attempt_at = case when v.goes then now() end,
      failed_at = null,
      next_attempt_at = coalesce(v.until, e.next_attempt_at),
      waits_for = v.why
    from verdict v where e.account_id = v.account_id and e.id = v.id
    returning e.account_id, e.id, v.goes, v.why = 'daily_cap' as capped)
  select array_agg(j.account_id), array_agg(j.id), array_agg(j.goes), array_agg(coalesce(j.capped, false))
  into accounts_due, ids_due, goes, capped from judged j;
  if true = any (capped) then
    update mail_days m set sent = m.sent - o.mails
    from (
      select o.account_id, count(*) as mails from unnest(accounts_due, capped) o (account_id, capped)
      where o.capped group by o.account_id) o
    where m.account_id = o.account_id and m.day = today;
  end if;
  return query
    select d.account_id, d.id, case when d.goes then batch end, false, not d.goes
    from unnest(accounts_due, ids_due, goes) d (account_id, id, goes);
end
$$;
--> statement-breakpoint
-- As before, and: what the provider could not send, and told so before it answered, has failed. What is counted is looked up
-- by the keys of the batch, since a nested loop is ruled out.
create or replace function settle_emails(
  p_lease uuid, p_account_ids uuid[], p_ids uuid[], p_states text[], p_provider_ids text[], p_errors text[], p_wait_ms integer[])
returns table (account_id uuid, id uuid)
-- A batch looks like one row to the planner, and a nested loop over two hundreds of them took most of the time.
language sql volatile security definer set search_path = public, pg_temp set enable_nestloop = off set enable_seqscan = off as $$
  with outcome as (
    select * from unnest(p_account_ids, p_ids, p_states, p_provider_ids, p_errors, p_wait_ms)
      as o(account_id, id, state, provider_id, error, wait_ms)),
  settled as (
    update emails e set provider_id = coalesce(o.provider_id, e.provider_id),
      state = case when e.failed_at is not null and o.state in ('sent', 'unknown') then 'failed' else o.state end,
      error = case when e.failed_at is not null and o.state in ('sent', 'unknown', 'sending') then e.error else o.error end,
      sent_at = case when o.state in ('sent', 'in_local_mailbox') then now() else e.sent_at end,
      next_attempt_at = case when o.state = 'queued' then now() + o.wait_ms * interval '1 ms' else e.next_attempt_at end,
      batch_id = case when o.state = 'queued' then null else e.batch_id end,
      lease = null,
      lease_until = case when o.state = 'sending' then now() + o.wait_ms * interval '1 ms' end
    from outcome o
    -- The time bound is met by every lease; it has the planner look among what is being sent, of which there is little.
    where e.account_id = o.account_id and e.id = o.id and e.lease = p_lease and e.state = 'sending' and e.lease_until > '-infinity'
    returning e.account_id, e.id, e.run_id, e.kind, e.recipient, e.state, e.error, o.state as answer, mail_day(e.first_attempt_at) as day),
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
    where c.account_id = s.account_id and c.run_id = s.run_id
      and c.account_id = any (array(select account_id from settled)) and c.run_id = any (array(select run_id from settled))),
  given_back as (
    update mail_days m set sent = greatest(0, m.sent - s.mails)
    from (
      select account_id, day, count(*) as mails from settled where answer in ('queued', 'failed', 'withdrawn')
      group by account_id, day order by account_id, day) s
    where m.account_id = s.account_id and m.day = s.day
      and m.account_id = any (array(select account_id from settled)) and m.day = any (array(select day from settled))),
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
-- Accounts whose mails still wait for a breaker that was set back: a pump put them off while somebody let them go on.
create function gate_unreleased_mails() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id from accounts a
  where a.mail_stopped_at is null and exists (
    select from emails e where e.account_id = a.id and e.state = 'queued' and e.waits_for = 'breaker')
  order by a.id
$$;
--> statement-breakpoint
do $$
declare
  f regprocedure := 'gate_unreleased_mails()';
begin
  execute format('revoke execute on function %s from public', f);
  execute format('grant execute on function %s to rollcall_worker', f);
  execute format('alter function %s owner to rollcall_gate', f);
end
$$;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
