alter table run_changes add column language text;
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['account_texts', 'mail_days', 'mail_events', 'suppressed_addresses', 'address_proofs'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy account on %I using (account_id = (select current_account())) with check (account_id = (select current_account()))', t);
    execute format('grant select on %I to rollcall_app, rollcall_worker', t);
  end loop;
end
$$;
--> statement-breakpoint
grant insert, update, delete on account_texts to rollcall_app;
--> statement-breakpoint
grant insert, update on mail_days to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant insert on mail_events to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant insert, delete on suppressed_addresses to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant insert, update on address_proofs to rollcall_app;
--> statement-breakpoint
grant update on accounts to rollcall_worker;
--> statement-breakpoint
grant insert on run_mail_counts to rollcall_app;
--> statement-breakpoint
grant create on schema public to rollcall_gate;
--> statement-breakpoint
grant select on invitations, address_proofs to rollcall_gate;
--> statement-breakpoint
create policy gate on invitations to rollcall_gate using ((select current_user = 'rollcall_gate'));
--> statement-breakpoint
create policy gate on address_proofs to rollcall_gate using ((select current_user = 'rollcall_gate'));
--> statement-breakpoint
create index invitations_by_id on invitations (id);
--> statement-breakpoint
-- The account of the invitation that a join link names; whether the link is good is asked as that account.
create function gate_invitation_account(p_invitation uuid) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.account_id from invitations i join accounts a on a.id = i.account_id and a.suspended_at is null
  where i.id = p_invitation
$$;
--> statement-breakpoint
create function gate_address_proof_account(p_proof uuid) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.account_id from address_proofs p join accounts a on a.id = p.account_id and a.suspended_at is null
  where p.id = p_proof
$$;
--> statement-breakpoint
-- Accounts that have a person under the address who has not joined, or whose invitation ran out: one look by key an
-- account, so that a stranger's question is cheap.
create function gate_invited_candidates(p_email text) returns table (account_id uuid, user_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, u.id from accounts a
  cross join lateral (select id from users
    where account_id = a.id and email_norm = lower(p_email collate "C") and status = 'invited' limit 1) u
  where a.suspended_at is null order by a.id limit 20
$$;
--> statement-breakpoint
do $$
declare
  f regprocedure;
begin
  foreach f in array array['gate_invitation_account(uuid)', 'gate_address_proof_account(uuid)',
    'gate_invited_candidates(text)']::regprocedure[]
  loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to rollcall_worker, rollcall_app', f);
    execute format('alter function %s owner to rollcall_gate', f);
  end loop;
end
$$;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
