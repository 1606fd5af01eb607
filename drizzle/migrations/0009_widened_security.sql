-- A line whose removal waits for approval has an outcome of its own; a filter by it is rare, like one for failed lines.
alter table run_entries drop constraint run_entries_outcome;
--> statement-breakpoint
alter table run_entries add constraint run_entries_outcome check (outcome in
  ('new', 'updated', 'deleted', 'activated', 'unchanged', 'skipped', 'failed', 'waiting'));
--> statement-breakpoint
drop index run_entries_rare;
--> statement-breakpoint
create index run_entries_rare on run_entries (account_id, run_id, outcome, position)
  where outcome in ('skipped', 'failed', 'waiting');
--> statement-breakpoint
-- Names of groups that the person is added to.
alter table run_changes add column groups text[];
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['groups', 'group_members', 'run_mends'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy account on %I using (account_id = (select current_account())) with check (account_id = (select current_account()))', t);
    execute format('grant select on %I to rollcall_app, rollcall_worker', t);
  end loop;
end
$$;
--> statement-breakpoint
grant insert, delete on group_members to rollcall_worker;
--> statement-breakpoint
grant insert on groups to rollcall_worker;
--> statement-breakpoint
grant insert on run_mends to rollcall_app;
--> statement-breakpoint
-- Only an undo deletes, and only people whom its run has made.
grant delete on users to rollcall_worker;
--> statement-breakpoint
-- A decision about waiting removals changes what the report says of these lines.
grant update on run_entries to rollcall_app;
