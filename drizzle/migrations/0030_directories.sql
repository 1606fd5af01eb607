CREATE TABLE "directories" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"sealed_password" text,
	"server" jsonb,
	"tested_at" timestamp with time zone,
	"tested_as" text,
	"settled_as" text,
	"position" jsonb,
	"last_full_at" timestamp with time zone,
	"last_total" integer,
	"held_since" timestamp with time zone,
	"at_hold_end_by" uuid,
	"at_hold_end_by_name" text,
	"next_scheduled_at" timestamp with time zone,
	"last_good_at" timestamp with time zone,
	"alerted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "directories_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
CREATE TABLE "directory_entries" (
	"account_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"user_id" uuid,
	"user_version" integer,
	"dn" text NOT NULL,
	"dn_key" text NOT NULL,
	"email" text,
	"email_norm" text collate "C" GENERATED ALWAYS AS (lower(email collate "C")) STORED,
	"row_hash" text,
	"verdict" text NOT NULL,
	"reason" text,
	"run_id" uuid NOT NULL,
	CONSTRAINT "directory_entries_account_id_external_id_pk" PRIMARY KEY("account_id","external_id"),
	CONSTRAINT "directory_entries_verdict" CHECK ("directory_entries"."verdict" in ('in','excluded','protected','left_out','suspended'))
);
--> statement-breakpoint
CREATE TABLE "directory_seen" (
	"account_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"external_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory_versions" (
	"account_id" uuid NOT NULL,
	"directory_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"step" text NOT NULL,
	"saved_by_name" text NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "directory_versions_account_id_directory_id_number_pk" PRIMARY KEY("account_id","directory_id","number")
);
--> statement-breakpoint
CREATE TABLE "run_group_members" (
	"account_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"group_id" text NOT NULL,
	"member_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_groups" (
	"account_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"parent_id" text,
	CONSTRAINT "run_groups_account_id_run_id_external_id_pk" PRIMARY KEY("account_id","run_id","external_id")
);
--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "kind" text DEFAULT 'group' NOT NULL;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "parent_external_id" text;--> statement-breakpoint
ALTER TABLE "run_rows" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "run_rows" ADD COLUMN "dn" text;--> statement-breakpoint
ALTER TABLE "run_rows" ADD COLUMN "dn_key" text;--> statement-breakpoint
ALTER TABLE "run_rows" ADD COLUMN "organizational_unit" text;--> statement-breakpoint
ALTER TABLE "run_rows" ADD COLUMN "row_hash" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "target" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "settings_version" integer;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "span" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "seen" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "same" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "directories" ADD CONSTRAINT "directories_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory_versions" ADD CONSTRAINT "directory_versions_account_id_directory_id_directories_account_id_id_fk" FOREIGN KEY ("account_id","directory_id") REFERENCES "public"."directories"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "directories_one_an_account" ON "directories" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "directory_entries_by_address" ON "directory_entries" USING btree ("account_id","email_norm") WHERE email_norm is not null;--> statement-breakpoint
CREATE INDEX "directory_entries_by_user" ON "directory_entries" USING btree ("account_id","user_id") WHERE user_id is not null;--> statement-breakpoint
CREATE INDEX "run_group_members_of_run" ON "run_group_members" USING btree ("account_id","run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_external_id_once" ON "groups" USING btree ("account_id","external_id") WHERE external_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_executing_per_target" ON "runs" USING btree ("account_id","target") WHERE target is not null and state in ('reading','planning','applying');--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_manual_waiting_per_target" ON "runs" USING btree ("account_id","target") WHERE target is not null and state = 'queued' and trigger = 'manual';--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_automatic_waiting_per_target" ON "runs" USING btree ("account_id","target") WHERE target is not null and state = 'queued' and trigger <> 'manual';--> statement-breakpoint
CREATE INDEX "runs_of_target" ON "runs" USING btree ("account_id","target","id") WHERE target is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_one_per_external_id" ON "users" USING btree ("account_id","external_id") WHERE external_id is not null;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_kind" CHECK ("groups"."kind" in ('group','organizational_unit','list'));--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_span" CHECK ("runs"."span" in ('full','incremental'));--> statement-breakpoint
-- Rebuilt by each run: nothing of it needs to outlive a crash of the server, after which the run reads anew.
alter table directory_seen set unlogged;
--> statement-breakpoint
alter table run_changes add column external_id text, add column organizational_unit text, add column new_email text;
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['directories', 'directory_versions', 'directory_entries', 'directory_seen', 'run_groups', 'run_group_members'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy account on %I using (account_id = (select current_account())) with check (account_id = (select current_account()))', t);
    execute format('grant select on %I to rollcall_app, rollcall_worker', t);
  end loop;
end
$$;
--> statement-breakpoint
grant insert, update on directories to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant insert on directory_versions to rollcall_app, rollcall_worker;
--> statement-breakpoint
grant insert, update, delete on directory_entries, directory_seen, run_groups, run_group_members to rollcall_worker;
--> statement-breakpoint
grant update, delete on groups to rollcall_worker;
--> statement-breakpoint
grant create on schema public to rollcall_gate;
--> statement-breakpoint
grant select on directories to rollcall_gate;
--> statement-breakpoint
create policy gate on directories to rollcall_gate using ((select current_user = 'rollcall_gate'));
--> statement-breakpoint
-- Accounts whose directory may be due: by its schedule, because nothing went well for a day or more, or because a hold has ended.
create function gate_due_syncs(p_hold_hours numeric) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.account_id from directories d join accounts a on a.id = d.account_id and a.suspended_at is null
  where d.version > 0 and (d.next_scheduled_at <= now() or d.last_good_at <= now() - interval '1 day'
    or (d.at_hold_end_by is not null and coalesce(d.held_since, '-infinity') <= now() - p_hold_hours * interval '1 hour'))
  order by d.account_id
$$;
--> statement-breakpoint
-- How many runs of targets, of all accounts, come before this one, and how many people theirs are about: for telling how
-- long it will be.
create function gate_sync_place(p_run uuid) returns table (ahead integer, people bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer, coalesce(sum(greatest(coalesce(d.last_total, 0) - case when r.state = 'queued' then 0 else r.rows_read end, 0)), 0)::bigint
  from runs r
  join directories d on d.account_id = r.account_id and d.id = r.target
  join accounts a on a.id = r.account_id and a.suspended_at is null
  where r.state in ('queued', 'reading', 'planning', 'applying') and r.target is not null and r.id < p_run
$$;
--> statement-breakpoint
do $$
declare
  f regprocedure;
begin
  foreach f in array array['gate_due_syncs(numeric)', 'gate_sync_place(uuid)']::regprocedure[] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to rollcall_worker', f);
    execute format('alter function %s owner to rollcall_gate', f);
  end loop;
end
$$;
--> statement-breakpoint
grant execute on function gate_sync_place(uuid) to rollcall_app;
--> statement-breakpoint
revoke create on schema public from rollcall_gate;
