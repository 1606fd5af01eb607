CREATE INDEX "users_suspended" ON "users" USING btree ("account_id","suspended_at") WHERE status = 'suspended';--> statement-breakpoint
-- Drops the months of reports that lie wholly before so many months ago. Never what an undo (30 days) may still need.
-- Dropping locks out the readers of all reports: who is in the way is not waited for, the next sweep tries again.
create function drop_run_partitions(keep_months integer) returns void
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '500ms' as $$
declare
  part record;
begin
  if keep_months is null or keep_months not between 1 and 120 then
    raise exception 'reports are kept from 1 to 120 months, not %', keep_months;
  end if;
  if not pg_try_advisory_xact_lock(hashtext('ensure_run_partitions')) then return; end if;
  for part in
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent in ('run_entries'::regclass, 'run_changes'::regclass) and c.relname ~ '_\d{4}_\d\d$'
      and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC'
        <= least(now() - make_interval(months => keep_months), now() - interval '31 days')
    order by 1
  loop
    begin
      execute format('drop table %I', part.name);
    exception when lock_not_available then
      return;
    end;
  end loop;
end
$$;
--> statement-breakpoint
revoke execute on function drop_run_partitions(integer) from public;
--> statement-breakpoint
grant execute on function drop_run_partitions(integer) to rollcall_worker;
--> statement-breakpoint
-- Whether a run's month has been dropped: its lines are gone, its counts stay.
create function run_lines_gone(run uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select to_regclass('public.run_entries_' || to_char(
    to_timestamp(('x' || left(replace(run::text, '-', ''), 12))::bit(48)::bigint / 1000.0) at time zone 'UTC', 'YYYY_MM')) is null
$$;
--> statement-breakpoint
grant create on schema public to rollcall_gate;
--> statement-breakpoint
-- A body may take an hour to arrive: after that nobody is sending any more. A whole file waits a day for its run.
create or replace function gate_abandoned_uploads() returns table (account_id uuid, upload_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.account_id, u.id from uploads u
  where (u.state = 'receiving' and u.created_at < now() - interval '65 minutes')
    or (u.state = 'complete' and u.created_at < now() - interval '24 hours'
      and not exists (select from runs r where r.account_id = u.account_id and r.upload_id = u.id
        and r.state in ('queued', 'reading')))
  limit 1000
$$;
--> statement-breakpoint
-- Accounts with people whose 30 days to be restored are over. Whole days, so that an account has one batch a day.
create function gate_due_deletions() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id from accounts a
  where exists (select from users u where u.account_id = a.id and u.status = 'suspended'
    and u.suspended_at < date_trunc('day', now(), 'UTC') - interval '30 days')
  order by a.id limit 1000
$$;
--> statement-breakpoint
revoke execute on function gate_due_deletions() from public;
--> statement-breakpoint
grant execute on function gate_due_deletions() to rollcall_worker;
--> statement-breakpoint
alter function gate_due_deletions() owner to rollcall_gate;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
