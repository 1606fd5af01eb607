do $$
declare
  t text;
begin
  foreach t in array array['group_role_grants', 'identities', 'sso_connections', 'sso_role_rules', 'managed_spans',
    'audit_unsealed', 'audit_chain'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy account on %I using (account_id = (select current_account())) with check (account_id = (select current_account()))', t);
    execute format('grant select on %I to rollcall_app, rollcall_worker', t);
  end loop;
end
$$;
--> statement-breakpoint
-- Who holds which role, directly or through a group. The reader's own rights and account apply.
create view role_holders with (security_invoker = true) as
  select account_id, user_id, role_id from role_grants
  union
  select m.account_id, m.user_id, g.role_id from group_role_grants g
    join group_members m on m.account_id = g.account_id and m.group_id = g.group_id;
--> statement-breakpoint
grant select on role_holders to rollcall_app, rollcall_worker, rollcall_gate;
--> statement-breakpoint
-- What an administrator changes by hand is changed by the web process, in the transaction of its audit event.
grant update on accounts to rollcall_app;
--> statement-breakpoint
grant insert, update, delete on account_domains, roles, sso_connections to rollcall_app;
--> statement-breakpoint
grant insert, delete on role_grants, group_role_grants, sso_role_rules to rollcall_app;
--> statement-breakpoint
grant insert, update, delete on identities to rollcall_app;
--> statement-breakpoint
grant delete on identities to rollcall_worker;
--> statement-breakpoint
grant insert, update on users, invitations, managed_spans to rollcall_app;
--> statement-breakpoint
grant insert, update on managed_spans to rollcall_worker;
--> statement-breakpoint
grant update on emails, run_mail_counts to rollcall_app;
--> statement-breakpoint
grant select, insert, update, delete on rate_limits to rollcall_app;
--> statement-breakpoint
grant delete on rate_limits to rollcall_worker;
--> statement-breakpoint
grant select on rate_limits to rollcall_worker;
--> statement-breakpoint
-- Append-only, like the events: a link of the chain is never changed or removed.
create trigger audit_chain_append_only before update or delete or truncate on audit_chain
  for each statement execute function refuse_change();
--> statement-breakpoint
grant insert on audit_unsealed to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant delete on audit_unsealed to rollcall_worker;
--> statement-breakpoint
grant insert on audit_chain to rollcall_worker;
--> statement-breakpoint
create function await_seal() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into audit_unsealed (account_id, event_id) values (new.account_id, new.id);
  return null;
end
$$;
--> statement-breakpoint
create trigger audit_events_await_seal after insert on audit_events for each row execute function await_seal();
--> statement-breakpoint
alter table run_changes drop constraint run_changes_action;
--> statement-breakpoint
alter table run_changes add constraint run_changes_action check
  (action in ('create', 'update', 'suspend', 'restore', 'activate', 'delete', 'manage', 'unmanage', 'none'));
--> statement-breakpoint
create index run_changes_by_user on run_changes (account_id, user_id, run_id);
--> statement-breakpoint
grant create on schema public to rollcall_gate;
--> statement-breakpoint
grant select on account_domains, sso_connections, group_role_grants, group_members, roles, audit_unsealed to rollcall_gate;
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['account_domains', 'sso_connections', 'group_role_grants', 'group_members', 'roles', 'audit_unsealed'] loop
    execute format('create policy gate on %I to rollcall_gate using (true)', t);
  end loop;
end
$$;
--> statement-breakpoint
drop function gate_session_account(uuid);
--> statement-breakpoint
-- Whoever migrates is a member of this role, and would see every account's rows by its policies: only as the role itself.
do $$
declare
  t text;
begin
  for t in select c.relname from pg_policy p join pg_class c on c.oid = p.polrelid where p.polname = 'gate' loop
    execute format('alter policy gate on %I using ((select current_user = ''rollcall_gate''))', t);
  end loop;
end
$$;
--> statement-breakpoint
-- A browser may hold a session in each of several accounts.
create function gate_session_accounts(p_sessions uuid[]) returns table (session_id uuid, account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.account_id from sessions s
  where s.id = any (p_sessions) and s.ended_at is null and s.expires_at > now() limit 20
$$;
--> statement-breakpoint
-- The connection that speaks for a domain: a domain is verified in one account at most.
create function gate_sso_for_domain(p_domain text) returns table (account_id uuid, connection_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id, c.id from account_domains d
  join accounts a on a.id = d.account_id and a.suspended_at is null
  join sso_connections c on c.account_id = d.account_id and c.enabled
  where d.domain = lower(p_domain collate "C") and d.verified_at is not null
$$;
--> statement-breakpoint
create function gate_sso_connection(p_connection uuid) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id from sso_connections c join accounts a on a.id = c.account_id and a.suspended_at is null
  where c.id = p_connection and c.enabled
$$;
--> statement-breakpoint
-- Who gets a one-time link: one look by key an account, so that a stranger's question is cheap. Where a connection speaks
-- for the address's domain only owners do, for they must get in when it is down.
create or replace function gate_sign_in_candidates(p_email text) returns table (account_id uuid, user_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, u.id from accounts a
  cross join lateral (select id from users
    where account_id = a.id and email_norm = lower(p_email collate "C") and status in ('active', 'signed_up') limit 1) u
  where a.suspended_at is null
    and (not exists (select from sso_connections c join account_domains d on d.account_id = c.account_id
        where c.account_id = a.id and c.enabled and d.verified_at is not null
          and d.domain = split_part(lower(p_email collate "C"), '@', 2))
      or exists (select from role_holders h join roles r on r.account_id = h.account_id and r.id = h.role_id
        where h.account_id = a.id and h.user_id = u.id and r.kind = 'owner'))
  order by a.id limit 20
$$;
--> statement-breakpoint
create function gate_unsealed_accounts() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id from accounts a where exists (select from audit_unsealed u where u.account_id = a.id) order by a.id
$$;
--> statement-breakpoint
do $$
declare
  f regprocedure;
begin
  foreach f in array array['gate_session_accounts(uuid[])', 'gate_sso_for_domain(text)', 'gate_sso_connection(uuid)',
    'gate_unsealed_accounts()']::regprocedure[]
  loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to rollcall_worker', f);
    if f::text !~ '^gate_unsealed' then execute format('grant execute on function %s to rollcall_app', f); end if;
    execute format('alter function %s owner to rollcall_gate', f);
  end loop;
end
$$;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
