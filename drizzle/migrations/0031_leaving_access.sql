-- A run that suspends people ends the links that prove their addresses, as the web process does.
grant update on address_proofs to rollcall_worker;
--> statement-breakpoint
grant create on schema public to rollcall_gate;
--> statement-breakpoint
-- The account of the invitation whose reminders are declined, suspended or not: nobody has to wait for it to be restored.
create function gate_declining_account(p_invitation uuid) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.account_id from invitations i where i.id = p_invitation
$$;
--> statement-breakpoint
do $$
declare
  f regprocedure := 'gate_declining_account(uuid)';
begin
  execute format('revoke execute on function %s from public', f);
  execute format('grant execute on function %s to rollcall_worker, rollcall_app', f);
  execute format('alter function %s owner to rollcall_gate', f);
end
$$;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
