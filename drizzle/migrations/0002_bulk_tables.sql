-- Partitioned by the run's id, which carries the month: a query for one run touches one partition,
-- and a month is forgotten by dropping it.
create table run_entries (
  account_id uuid not null,
  run_id uuid not null,
  position integer not null,
  line integer not null,
  email text,
  asked text,
  outcome text not null,
  reason text,
  raw text,
  constraint run_entries_pk primary key (account_id, run_id, position),
  constraint run_entries_outcome check (outcome in
    ('new', 'updated', 'deleted', 'activated', 'unchanged', 'skipped', 'failed'))
) partition by range (run_id);
--> statement-breakpoint
create index run_entries_rare on run_entries (account_id, run_id, outcome, position)
  where outcome in ('skipped', 'failed');
--> statement-breakpoint
create table run_changes (
  account_id uuid not null,
  run_id uuid not null,
  position integer not null,
  user_id uuid not null,
  action text not null,
  user_version integer,
  invitation_id uuid,
  email text,
  first_name text, last_name text, alternate_id text, work_phone text, title text, department text,
  location text, street_address text, city text, region text, postal_code text, country text,
  license_type text, service_id text, extension text,
  cleared text[],
  before jsonb,
  constraint run_changes_pk primary key (account_id, run_id, position),
  constraint run_changes_action check (action in ('create', 'update', 'suspend', 'restore', 'activate', 'delete', 'none'))
) partition by range (run_id);
--> statement-breakpoint
alter table upload_pieces alter column body set storage external;
--> statement-breakpoint
create function ensure_run_partitions(months_ahead integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  parent text;
  month timestamptz;
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('ensure_run_partitions'));
  foreach parent in array array['run_entries', 'run_changes'] loop
    for ahead in -1..months_ahead loop
      month := date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead);
      month := (month at time zone 'UTC')::timestamp at time zone 'UTC';
      part := format('%s_%s', parent, to_char(month at time zone 'UTC', 'YYYY_MM'));
      if to_regclass(part) is null then
        execute format('create table %I partition of %I for values from (%L) to (%L)', part, parent,
          uuid_v7_floor(month), uuid_v7_floor(month + interval '1 month'));
        execute format('alter table %I enable row level security', part);
        execute format('alter table %I force row level security', part);
      end if;
    end loop;
  end loop;
end
$$;
