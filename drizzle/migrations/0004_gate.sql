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
do $$
declare
  t text;
begin
  foreach t in array array['accounts', 'users', 'role_grants', 'sessions', 'sign_in_tokens', 'runs', 'uploads', 'emails'] loop
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
-- A claim takes either fresh mails, giving them one batch id, or one whole batch whose lease ran out,
-- so that what may have been sent already is sent again only as the same batch under the same key.
create function claim_emails(p_limit integer, p_lease uuid, p_lease_seconds integer)
returns table (account_id uuid, id uuid, batch_id uuid, retaken boolean)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  dead uuid;
begin
  select e.batch_id into dead from emails e
  where e.state = 'sending' and e.lease_until < now()
  order by e.lease_until limit 1 for update skip locked;
  if dead is not null then
    return query
      update emails e set lease = p_lease, lease_until = now() + make_interval(secs => p_lease_seconds),
        attempts = e.attempts + 1
      where e.batch_id = dead and e.state = 'sending' and e.lease_until < now()
      returning e.account_id, e.id, e.batch_id, true;
    return;
  end if;
  dead := uuid_v7();
  return query
    update emails e set state = 'sending', batch_id = dead, lease = p_lease,
      lease_until = now() + make_interval(secs => p_lease_seconds), attempts = e.attempts + 1,
      first_attempt_at = coalesce(e.first_attempt_at, now())
    where (e.account_id, e.id) in (
      select d.account_id, d.id from emails d
      where d.state = 'queued' and d.next_attempt_at <= now()
      order by d.priority, d.next_attempt_at, d.id limit p_limit for update skip locked)
    returning e.account_id, e.id, e.batch_id, false;
end
$$;
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
    where n.nspname = 'public' and (p.proname like 'gate\_%' or p.proname in ('claim_emails', 'next_mail_due'))
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
