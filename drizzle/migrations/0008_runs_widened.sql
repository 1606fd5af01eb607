CREATE TABLE "group_members" (
	"account_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_members_account_id_group_id_user_id_pk" PRIMARY KEY("account_id","group_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"name" text NOT NULL,
	"source" text DEFAULT 'manual' NOT NULL,
	"external_id" text,
	"protected" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "groups_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "groups_source" CHECK ("groups"."source" in ('manual','synced'))
);
--> statement-breakpoint
CREATE TABLE "run_mends" (
	"account_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"mended_in" uuid NOT NULL,
	"mended_by_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_mends_account_id_run_id_position_pk" PRIMARY KEY("account_id","run_id","position")
);
--> statement-breakpoint
ALTER TABLE "emails" DROP CONSTRAINT "emails_kind";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "removal_percent" integer;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "long_run_seconds" integer DEFAULT 60 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_rows" ADD COLUMN "passed_over" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "waiting" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "removal_bound" integer;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "removals_decided_by" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "removals_decided_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "planned_under" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "undoes" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "mends" uuid;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_account_id_group_id_groups_account_id_id_fk" FOREIGN KEY ("account_id","group_id") REFERENCES "public"."groups"("account_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "group_members_by_user" ON "group_members" USING btree ("account_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_name_once" ON "groups" USING btree ("account_id",lower(name));--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_undo" ON "runs" USING btree ("account_id","undoes") WHERE state not in ('failed','cancelled');--> statement-breakpoint
CREATE INDEX "runs_waiting_for_approval" ON "runs" USING btree ("account_id") WHERE removals = 'waiting';--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_removal_percent" CHECK ("accounts"."removal_percent" between 0 and 100);--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_kind" CHECK ("emails"."kind" in ('invitation','sign_in_link','account_activated','run_ended','removals_waiting'));