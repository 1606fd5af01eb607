-- Every table of an account shows and takes the rows of the account set for the transaction, its owner included.
do $$
declare
  t record;
begin
  for t in
    select c.relname as name, c.relname = 'accounts' as is_accounts
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      and (c.relname = 'accounts' or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped))
  loop
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('create policy account on %I using (%I = (select current_account())) with check (%I = (select current_account()))',
      t.name, case when t.is_accounts then 'id' else 'account_id' end, case when t.is_accounts then 'id' else 'account_id' end);
  end loop;
end
$$;
--> statement-breakpoint
select ensure_run_partitions(3);
--> statement-breakpoint
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit events are never changed or removed';
end
$$;
--> statement-breakpoint
create trigger audit_events_append_only before update or delete or truncate on audit_events
  for each statement execute function refuse_change();
--> statement-breakpoint
grant usage on schema public to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant select on accounts, account_domains, users, roles, role_grants, sessions, sign_in_tokens, invitations, emails,
  run_mail_counts, runs, run_entries, run_changes, uploads, upload_pieces, audit_events
  to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant insert on audit_events, emails, runs, uploads to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant update on runs, uploads to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant insert, update on sessions, sign_in_tokens to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant insert, delete on upload_pieces to rollcall_app;
--> statement-breakpoint
grant delete on uploads to rollcall_app;
--> statement-breakpoint
grant insert, update on users, invitations, run_entries, run_changes, run_mail_counts to rollcall_worker;
--> statement-breakpoint
grant update on emails to rollcall_worker;
--> statement-breakpoint
grant delete on run_entries, run_changes, upload_pieces, uploads to rollcall_worker;
--> statement-breakpoint
grant select, insert, update, delete on run_rows to rollcall_worker;
--> statement-breakpoint
grant select, insert, update on mail_throttle to rollcall_worker;
--> statement-breakpoint
revoke execute on function ensure_run_partitions(integer) from public;
--> statement-breakpoint
grant execute on function ensure_run_partitions(integer) to rollcall_worker;
