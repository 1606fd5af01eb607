CREATE TABLE "account_domains" (
	"account_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"verified_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_domains_account_id_domain_pk" PRIMARY KEY("account_id","domain"),
	CONSTRAINT "account_domains_lower" CHECK ("account_domains"."domain" = lower("account_domains"."domain"))
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT uuid_v7() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"invitation_days" integer DEFAULT 14 NOT NULL,
	"clear_word" text DEFAULT '-' NOT NULL,
	"suspended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_slug_unique" UNIQUE("slug"),
	CONSTRAINT "accounts_slug" CHECK ("accounts"."slug" ~ '^[a-z0-9-]{3,40}$'),
	CONSTRAINT "accounts_invitation_days" CHECK ("accounts"."invitation_days" between 1 and 90)
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text,
	"subject_id" uuid,
	"run_id" uuid,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "audit_events_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"email" text NOT NULL,
	"email_norm" text collate "C" GENERATED ALWAYS AS (lower(email collate "C")) STORED,
	"state" text DEFAULT 'open' NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"source" text NOT NULL,
	"run_id" uuid,
	"invited_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "invitations_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "invitations_state" CHECK ("invitations"."state" in ('open','accepted','revoked','expired'))
);
--> statement-breakpoint
CREATE TABLE "emails" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"recipient" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"priority" smallint DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"run_id" uuid,
	"batch_id" uuid,
	"lease" uuid,
	"lease_until" timestamp with time zone,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"first_attempt_at" timestamp with time zone,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"provider" text,
	"provider_id" text,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "emails_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "emails_kind" CHECK ("emails"."kind" in ('invitation','sign_in_link','account_activated')),
	CONSTRAINT "emails_state" CHECK ("emails"."state" in ('queued','sending','sent','in_local_mailbox','failed','unknown','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "mail_throttle" (
	"provider" text PRIMARY KEY NOT NULL,
	"next_slot_at" timestamp with time zone DEFAULT now() NOT NULL,
	"interval_ms" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_mail_counts" (
	"account_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"queued" integer DEFAULT 0 NOT NULL,
	"sent" integer DEFAULT 0 NOT NULL,
	"in_local_mailbox" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"unknown" integer DEFAULT 0 NOT NULL,
	"withdrawn" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "run_mail_counts_account_id_run_id_pk" PRIMARY KEY("account_id","run_id")
);
--> statement-breakpoint
CREATE TABLE "run_rows" (
	"account_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"line" integer NOT NULL,
	"email" text,
	"email_norm" text collate "C" GENERATED ALWAYS AS (lower(email collate "C")) STORED,
	"asked" text,
	"first_name" text,
	"last_name" text,
	"alternate_id" text,
	"work_phone" text,
	"title" text,
	"department" text,
	"location" text,
	"street_address" text,
	"city" text,
	"region" text,
	"postal_code" text,
	"country" text,
	"license_type" text,
	"service_id" text,
	"extension" text,
	"groups" text,
	"cleared" text[],
	"problem" text,
	"raw" text,
	CONSTRAINT "run_rows_account_id_run_id_position_pk" PRIMARY KEY("account_id","run_id","position")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"kind" text NOT NULL,
	"mode" text NOT NULL,
	"trigger" text DEFAULT 'manual' NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"removals" text DEFAULT 'none' NOT NULL,
	"requested_by" uuid,
	"requested_by_name" text NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"read_at" timestamp with time zone,
	"planned_at" timestamp with time zone,
	"applying_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"cancel_requested_at" timestamp with time zone,
	"upload_id" uuid,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"assumed" jsonb,
	"checkpoint" jsonb,
	"failure" text,
	"failure_reference" text,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"last_position" integer DEFAULT 0 NOT NULL,
	"planned_to" integer DEFAULT 0 NOT NULL,
	"applied_to" integer DEFAULT 0 NOT NULL,
	"tidied_at" timestamp with time zone,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"deleted" integer DEFAULT 0 NOT NULL,
	"activated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"lease" uuid,
	"lease_until" timestamp with time zone,
	"barren_slices" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "runs_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "runs_kind" CHECK ("runs"."kind" in ('bulk_invite','import','bulk_change','directory_sync','group_sync','contact_sync','undo')),
	CONSTRAINT "runs_mode" CHECK ("runs"."mode" in ('check','apply')),
	CONSTRAINT "runs_trigger" CHECK ("runs"."trigger" in ('manual','scheduled','weekly')),
	CONSTRAINT "runs_state" CHECK ("runs"."state" in ('mapping','queued','reading','planning','planned','applying','completed','failed','cancelled')),
	CONSTRAINT "runs_removals" CHECK ("runs"."removals" in ('none','waiting','approved','discarded','superseded'))
);
--> statement-breakpoint
CREATE TABLE "upload_pieces" (
	"account_id" uuid NOT NULL,
	"upload_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "upload_pieces_account_id_upload_id_seq_pk" PRIMARY KEY("account_id","upload_id","seq")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"file_name" text NOT NULL,
	"state" text DEFAULT 'receiving' NOT NULL,
	"size" bigint DEFAULT 0 NOT NULL,
	"pieces" integer DEFAULT 0 NOT NULL,
	"sha256" text,
	"verdict" jsonb,
	"sealed_key" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "uploads_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "uploads_state" CHECK ("uploads"."state" in ('receiving','complete','read'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "sessions_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
CREATE TABLE "sign_in_tokens" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "sign_in_tokens_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "sign_in_tokens_purpose" CHECK ("sign_in_tokens"."purpose" in ('email_link','operator_link'))
);
--> statement-breakpoint
CREATE TABLE "role_grants" (
	"account_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "role_grants_account_id_user_id_role_id_pk" PRIMARY KEY("account_id","user_id","role_id")
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"privileges" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roles_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "roles_kind" CHECK ("roles"."kind" in ('owner','admin','custom'))
);
--> statement-breakpoint
CREATE TABLE "users" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"email" text,
	"email_norm" text collate "C" GENERATED ALWAYS AS (lower(email collate "C")) STORED,
	"first_name" text,
	"last_name" text,
	"alternate_id" text,
	"work_phone" text,
	"title" text,
	"department" text,
	"location" text,
	"street_address" text,
	"city" text,
	"region" text,
	"postal_code" text,
	"country" text,
	"license_type" text,
	"service_id" text,
	"extension" text,
	"organizational_unit" text,
	"status" text DEFAULT 'not_invited' NOT NULL,
	"status_before_suspension" text,
	"suspended_at" timestamp with time zone,
	"email_validation" text,
	"managed" boolean DEFAULT false NOT NULL,
	"source" text NOT NULL,
	"external_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"first_name_key" text collate "C" GENERATED ALWAYS AS (lower(first_name)) STORED,
	"last_name_key" text collate "C" GENERATED ALWAYS AS (lower(last_name)) STORED,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "users_status" CHECK ("users"."status" in ('not_invited','invited','signed_up','active','suspended','deleted')),
	CONSTRAINT "users_email_validation" CHECK ("users"."email_validation" in ('pending','validated','bounced')),
	CONSTRAINT "users_source" CHECK ("users"."source" in ('invite','bulk_invite','import','directory','group','api'))
);
--> statement-breakpoint
ALTER TABLE "account_domains" ADD CONSTRAINT "account_domains_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_user_id_users_account_id_id_fk" FOREIGN KEY ("account_id","user_id") REFERENCES "public"."users"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_tokens" ADD CONSTRAINT "sign_in_tokens_account_id_user_id_users_account_id_id_fk" FOREIGN KEY ("account_id","user_id") REFERENCES "public"."users"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_account_id_role_id_roles_account_id_id_fk" FOREIGN KEY ("account_id","role_id") REFERENCES "public"."roles"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_account_id_user_id_users_account_id_id_fk" FOREIGN KEY ("account_id","user_id") REFERENCES "public"."users"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_domains_verified_once" ON "account_domains" USING btree ("domain") WHERE verified_at is not null;--> statement-breakpoint
CREATE INDEX "audit_events_by_run" ON "audit_events" USING btree ("account_id","run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_one_open_per_address" ON "invitations" USING btree ("account_id","email_norm") WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "emails_key_once" ON "emails" USING btree ("account_id","key");--> statement-breakpoint
CREATE INDEX "emails_due" ON "emails" USING btree ("priority","next_attempt_at","id") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "emails_leased" ON "emails" USING btree ("lease_until") WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX "emails_by_batch" ON "emails" USING btree ("batch_id") WHERE batch_id is not null and state in ('queued','sending');--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_changing_per_account" ON "runs" USING btree ("account_id") WHERE state in ('planning','applying');--> statement-breakpoint
CREATE INDEX "runs_open" ON "runs" USING btree ("state") WHERE state in ('queued','reading','planning','applying');--> statement-breakpoint
CREATE INDEX "runs_history" ON "runs" USING btree ("account_id","kind","id");--> statement-breakpoint
CREATE INDEX "uploads_unread" ON "uploads" USING btree ("created_at") WHERE state <> 'read';--> statement-breakpoint
CREATE INDEX "sessions_by_id" ON "sessions" USING btree ("id");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "sessions" USING btree ("account_id","user_id");--> statement-breakpoint
CREATE INDEX "sign_in_tokens_by_id" ON "sign_in_tokens" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "roles_name_once" ON "roles" USING btree ("account_id",lower(name));--> statement-breakpoint
CREATE UNIQUE INDEX "users_one_per_address" ON "users" USING btree ("account_id","email_norm") WHERE email_norm is not null;--> statement-breakpoint
CREATE INDEX "users_by_status" ON "users" USING btree ("account_id","status","id");--> statement-breakpoint
CREATE INDEX "users_by_last_name" ON "users" USING btree ("account_id","last_name_key");--> statement-breakpoint
CREATE INDEX "users_by_first_name" ON "users" USING btree ("account_id","first_name_key");