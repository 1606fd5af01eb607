-- The closed list of what is asked before an account is known. Each function runs as rollcall_gate,
-- a role that nobody can sign in as, and returns ids and account ids only.
grant usage on schema public to rollcall_gate;
--> statement-breakpoint
grant create on schema public to rollcall_gate;
--> statement-breakpoint
grant select on accounts, users, role_grants, sessions, sign_in_tokens, runs, uploads, emails to rollcall_gate;
--> statement-breakpoint
grant update on emails to rollcall_gate;
--> statement-breakpoint
grant select, update on run_mail_counts to rollcall_gate;
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['accounts', 'users', 'role_grants', 'sessions', 'sign_in_tokens', 'runs', 'uploads', 'emails', 'run_mail_counts'] loop
    execute format('create policy gate on %I to rollcall_gate using (true)', t);
  end loop;
end
$$;
--> statement-breakpoint
create function gate_session_account(p_session uuid) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.account_id from sessions s where s.id = p_session and s.ended_at is null and s.expires_at > now()
$$;
--> statement-breakpoint
create function gate_sign_in_token_account(p_token uuid) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.account_id from sign_in_tokens t where t.id = p_token
$$;
--> statement-breakpoint
create function gate_sign_in_candidates(p_email text) returns table (account_id uuid, user_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.account_id, u.id from users u join accounts a on a.id = u.account_id
  where u.email_norm = lower(p_email collate "C") and u.status in ('active', 'signed_up') and a.suspended_at is null
    and exists (select from role_grants g where g.account_id = u.account_id and g.user_id = u.id)
  order by u.account_id limit 20
$$;
--> statement-breakpoint
create function gate_account_by_slug(p_slug text) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id from accounts a where a.slug = p_slug
$$;
--> statement-breakpoint
create function gate_accounts() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id from accounts a order by a.id
$$;
--> statement-breakpoint
-- Runs that nobody holds although they are not at their end: their job was lost, or their worker died.
create function gate_orphaned_runs(p_idle_seconds integer) returns table (account_id uuid, run_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.account_id, r.id from runs r
  where (r.state in ('queued', 'reading', 'planning', 'applying') or (r.state = 'planned' and r.mode = 'apply'))
    and coalesce(r.lease_until, r.requested_at) < now() - make_interval(secs => p_idle_seconds)
  order by r.id limit 1000
$$;
--> statement-breakpoint
create function gate_untidied_runs() returns table (account_id uuid, run_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.account_id, r.id from runs r
  where r.tidied_at is null and (r.state in ('completed', 'failed', 'cancelled')
    or (r.state = 'planned' and r.planned_at < now() - interval '24 hours'))
  order by r.id limit 100
$$;
--> statement-breakpoint
create function gate_abandoned_uploads() returns table (account_id uuid, upload_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.account_id, u.id from uploads u
  where u.state <> 'read' and u.created_at < now() - interval '24 hours'
    and not exists (select from runs r where r.account_id = u.account_id and r.upload_id = u.id
      and r.state in ('queued', 'reading'))
  limit 1000
$$;
--> statement-breakpoint
create function gate_local_mailbox(p_before uuid, p_limit integer) returns table (account_id uuid, email_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.account_id, e.id from emails e
  where e.state = 'in_local_mailbox' and (p_before is null or e.id < p_before)
  order by e.id desc limit least(p_limit, 200)
$$;
--> statement-breakpoint
create index emails_in_local_mailbox on emails (id) where state = 'in_local_mailbox';
--> statement-breakpoint
-- A claim takes either fresh mails, giving them one batch id, or one whole batch whose lease ran out, so that what may
-- have been sent already is sent again only as the same batch under the same key. The advisory lock keeps two pumps that
-- recover one batch at once from locking its rows crosswise.
create function claim_emails(p_limit integer, p_lease uuid, p_lease_seconds integer, p_provider text)
returns table (account_id uuid, id uuid, batch_id uuid, retaken boolean)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
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
      order by d.priority, d.next_attempt_at, d.id limit p_limit for update skip locked)
    update emails e set state = 'sending', batch_id = batch, lease = p_lease, provider = p_provider,
      lease_until = now() + make_interval(secs => p_lease_seconds), attempts = e.attempts + 1,
      first_attempt_at = coalesce(e.first_attempt_at, now())
    from due where e.account_id = due.account_id and e.id = due.id
    returning e.account_id, e.id, e.batch_id, false;
end
$$;
--> statement-breakpoint
-- Only rows under this lease change, and a batch over several accounts is settled in one statement: half settled, its
-- retry would carry another body under the same key. p_wait_ms: until a 'queued' mail is due, or a 'sending' batch (no answer came) may be
-- taken again. Returns what it changed.
create function settle_emails(
  p_lease uuid, p_ids uuid[], p_states text[], p_provider_ids text[], p_errors text[], p_wait_ms integer[])
returns table (account_id uuid, id uuid)
language sql volatile security definer set search_path = public, pg_temp as $$
  with outcome as (
    select * from unnest(p_ids, p_states, p_provider_ids, p_errors, p_wait_ms)
      as o(id, state, provider_id, error, wait_ms)),
  settled as (
    update emails e set state = o.state, provider_id = coalesce(o.provider_id, e.provider_id), error = o.error,
      sent_at = case when o.state in ('sent', 'in_local_mailbox') then now() else e.sent_at end,
      next_attempt_at = case when o.state = 'queued' then now() + o.wait_ms * interval '1 ms' else e.next_attempt_at end,
      first_attempt_at = case when o.state = 'queued' then null else e.first_attempt_at end,
      batch_id = case when o.state = 'queued' then null else e.batch_id end,
      lease = null,
      lease_until = case when o.state = 'sending' then now() + o.wait_ms * interval '1 ms' end
    from outcome o
    where e.id = o.id and e.lease = p_lease and e.state = 'sending'
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
create index emails_by_lease on emails (lease) where lease is not null;
--> statement-breakpoint
-- Statistics of what a run has just filled; an owner's right, so it is lent for these tables alone.
create function analyze_bulk_tables(staging_only boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze run_rows (account_id, run_id, position, email_norm);
  if not staging_only then
    analyze users (account_id, id, email_norm, status, first_name_key, last_name_key);
    analyze invitations (account_id, id, email_norm, state);
  end if;
end
$$;
--> statement-breakpoint
revoke execute on function analyze_bulk_tables(boolean) from public;
--> statement-breakpoint
grant execute on function analyze_bulk_tables(boolean) to rollcall_worker;
--> statement-breakpoint
create function next_mail_due() returns table (due timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select least(
    (select min(e.next_attempt_at) from emails e where e.state = 'queued'),
    (select min(e.lease_until) from emails e where e.state = 'sending'))
$$;
--> statement-breakpoint
do $$
declare
  f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and (p.proname like 'gate\_%' or p.proname in ('claim_emails', 'settle_emails', 'next_mail_due'))
  loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to rollcall_worker', f);
    if f::text ~ '^gate_(session_account|sign_in_token_account|sign_in_candidates|account_by_slug|local_mailbox)' then
      execute format('grant execute on function %s to rollcall_app', f);
    end if;
    execute format('alter function %s owner to rollcall_gate', f);
  end loop;
end
$$;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
