grant create on schema public to rollcall_gate;
--> statement-breakpoint
grant select, insert, update on mail_days to rollcall_gate;
--> statement-breakpoint
-- A complaint weighs more than what came before it.
grant update on suppressed_addresses to rollcall_app, rollcall_worker;
--> statement-breakpoint
create policy gate on mail_days to rollcall_gate using ((select current_user = 'rollcall_gate'));
--> statement-breakpoint
-- Why bulk mails of an account wait now, and until when; null: they do not. The end of the quiet hours is an hour on the
-- account's wall, so it follows its daylight saving. A time zone that nobody knows must not stop everybody's mails.
create function mail_hold(a accounts, out why text, out until timestamptz)
language plpgsql stable as $$
declare
  wall timestamp;
  minute integer;
begin
  if a.mail_stopped_at is not null then
    why := 'breaker';
    until := 'infinity';
    return;
  end if;
  if a.quiet_from is null or a.quiet_to is null or a.quiet_from = a.quiet_to then return; end if;
  begin
    wall := now() at time zone a.time_zone;
  exception when invalid_parameter_value then
    return;
  end;
  minute := extract(hour from wall) * 60 + extract(minute from wall);
  if a.quiet_from < a.quiet_to then
    if minute < a.quiet_from or minute >= a.quiet_to then return; end if;
  elsif minute < a.quiet_from and minute >= a.quiet_to then return;
  end if;
  why := 'quiet_hours';
  until := (date_trunc('day', wall) + make_interval(days => (minute >= a.quiet_to)::integer, mins => a.quiet_to))
    at time zone a.time_zone;
  -- Clocks that are set back in between give an hour twice.
  if until <= now() then until := now() + interval '1 minute'; end if;
end
$$;
--> statement-breakpoint
-- The day that mails are counted by.
create function mail_day(at timestamptz) returns date language sql stable parallel safe as $$
  select (at at time zone 'UTC')::date
$$;
--> statement-breakpoint
drop function claim_emails(integer, uuid, integer, text);
--> statement-breakpoint
-- As before, and: what is taken is counted by account and day in the same transaction, so that pumps together never
-- exceed a cap (p_daily_cap where the account has none of its own; null: no caps at all). Bulk mails that must wait are put
-- off and answered as `held`: the caller puts off the rest of their account, and over a cap gives each its day. Every index range begins with a priority:
-- what waits until later is not walked over.
create function claim_emails(p_limit integer, p_lease uuid, p_lease_seconds integer, p_provider text, p_daily_cap integer)
returns table (account_id uuid, id uuid, batch_id uuid, retaken boolean, held boolean)
language plpgsql volatile security definer set search_path = public, pg_temp
set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
#variable_conflict use_column
declare
  batch uuid;
  accounts_due uuid[];
  ids_due uuid[];
  bulk_due boolean[];
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
      select d.account_id, d.id, false as is_bulk from emails d, open_accounts o
      where d.state = 'queued' and d.priority = 0 and d.next_attempt_at <= now() and d.account_id <> all (o.closed)
      order by d.next_attempt_at, d.id limit p_limit for update of d skip locked) single
    union all
    select * from (
      select d.account_id, d.id, true from emails d, open_accounts o
      where d.state = 'queued' and d.priority = 1 and d.next_attempt_at <= now() and d.account_id <> all (o.closed)
      order by d.next_attempt_at, d.id limit p_limit for update of d skip locked) bulk
    limit p_limit)
  select array_agg(due.account_id), array_agg(due.id), array_agg(due.is_bulk)
  into accounts_due, ids_due, bulk_due from due;
  if ids_due is null then return; end if;
  batch := uuid_v7();
  with holder as materialized (
    select a.id, h.why, h.until, case when p_daily_cap is not null then coalesce(a.daily_mail_cap, p_daily_cap) end as cap
    from (select distinct account_id from unnest(accounts_due) u (account_id)) mine
    join accounts a on a.id = mine.account_id
    cross join lateral mail_hold(a) h),
  due as materialized (
    select d.account_id, d.id, d.is_bulk, h.why, h.until, h.cap, h.why is not null and d.is_bulk as waits, d.place
    from unnest(accounts_due, ids_due, bulk_due) with ordinality d (account_id, id, is_bulk, place)
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
-- As before; what the provider did not take is given back to its day's count.
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
      batch_id = case when o.state = 'queued' then null else e.batch_id end,
      lease = null,
      lease_until = case when o.state = 'sending' then now() + o.wait_ms * interval '1 ms' end
    from outcome o
    where e.account_id = o.account_id and e.id = o.id and e.lease = p_lease and e.state = 'sending'
    returning e.account_id, e.id, e.run_id, e.kind, e.recipient, o.state, o.error, mail_day(e.first_attempt_at) as day),
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
  given_back as (
    update mail_days m set sent = greatest(0, m.sent - s.mails)
    from (
      select account_id, day, count(*) as mails from settled where state in ('queued', 'failed', 'withdrawn')
      group by account_id, day order by account_id, day) s
    where m.account_id = s.account_id and m.day = s.day),
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
-- As before, a look by key a priority.
create or replace function next_mail_due() returns table (due timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  with closed as (select array(select a.id from accounts a where a.suspended_at is not null) as ids)
  select least(
    (select min(e.next_attempt_at) from emails e, closed where e.state = 'queued' and e.priority = 0
      and e.next_attempt_at < 'infinity' and e.account_id <> all (closed.ids)),
    (select min(e.next_attempt_at) from emails e, closed where e.state = 'queued' and e.priority = 1
      and e.next_attempt_at < 'infinity' and e.account_id <> all (closed.ids)),
    (select min(e.lease_until) from emails e where e.state = 'sending'))
$$;
--> statement-breakpoint
-- Accounts that have invitations which ran out, or which nobody followed for as long as the account says.
create function gate_due_invitations() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id from accounts a
  where exists (select from invitations i where i.account_id = a.id and i.state = 'open' and i.expires_at <= now())
    or (a.reminder_days is not null and a.suspended_at is null and a.mail_stopped_at is null and exists (
      select from invitations i where i.account_id = a.id and i.state = 'open' and i.reminded_at is null
        and i.reminders_stopped_at is null and i.created_at <= now() - make_interval(days => a.reminder_days)))
  order by a.id
$$;
--> statement-breakpoint
do $$
declare
  f regprocedure;
begin
  foreach f in array array['claim_emails(integer, uuid, integer, text, integer)', 'gate_due_invitations()']::regprocedure[] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to rollcall_worker', f);
    execute format('alter function %s owner to rollcall_gate', f);
  end loop;
end
$$;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
