CREATE TABLE "account_texts" (
	"account_id" uuid NOT NULL,
	"language" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "account_texts_account_id_language_kind_pk" PRIMARY KEY("account_id","language","kind"),
	CONSTRAINT "account_texts_kind" CHECK ("account_texts"."kind" in ('invitation','reminder'))
);
--> statement-breakpoint
CREATE TABLE "mail_days" (
	"account_id" uuid NOT NULL,
	"day" date NOT NULL,
	"sent" integer DEFAULT 0 NOT NULL,
	"bounced" integer DEFAULT 0 NOT NULL,
	"complained" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "mail_days_account_id_day_pk" PRIMARY KEY("account_id","day")
);
--> statement-breakpoint
CREATE TABLE "mail_events" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"email_id" uuid NOT NULL,
	"provider_event_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"detail" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_events_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "mail_events_kind" CHECK ("mail_events"."kind" in ('delivered','bounced','complained'))
);
--> statement-breakpoint
CREATE TABLE "suppressed_addresses" (
	"account_id" uuid NOT NULL,
	"email_norm" text collate "C" NOT NULL,
	"reason" text NOT NULL,
	"email_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suppressed_addresses_account_id_email_norm_pk" PRIMARY KEY("account_id","email_norm"),
	CONSTRAINT "suppressed_addresses_reason" CHECK ("suppressed_addresses"."reason" in ('bounced','complained'))
);
--> statement-breakpoint
CREATE TABLE "address_proofs" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"email" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "address_proofs_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
ALTER TABLE "emails" DROP CONSTRAINT "emails_kind";--> statement-breakpoint
ALTER TABLE "sessions" DROP CONSTRAINT "sessions_method";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "default_language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "sender_name" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "reply_to" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "logo_color" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "reminder_days" integer DEFAULT 3;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "daily_mail_cap" integer;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "quiet_from" integer;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "quiet_to" integer;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "start_here_url" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "mail_stopped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "mail_stopped_because" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "mail_resumed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "message" text;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "resent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "reminders_stopped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "delivered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "bounced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "complained_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "waits_for" text;--> statement-breakpoint
ALTER TABLE "run_rows" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "account_texts" ADD CONSTRAINT "account_texts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_proofs" ADD CONSTRAINT "address_proofs_account_id_user_id_users_account_id_id_fk" FOREIGN KEY ("account_id","user_id") REFERENCES "public"."users"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mail_events_once" ON "mail_events" USING btree ("account_id","provider_event_id");--> statement-breakpoint
CREATE INDEX "mail_events_by_mail" ON "mail_events" USING btree ("account_id","email_id");--> statement-breakpoint
CREATE INDEX "address_proofs_by_user" ON "address_proofs" USING btree ("account_id","user_id");--> statement-breakpoint
CREATE INDEX "invitations_by_state" ON "invitations" USING btree ("account_id","state","id");--> statement-breakpoint
CREATE INDEX "invitations_by_run" ON "invitations" USING btree ("account_id","run_id","id") WHERE run_id is not null;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_logo_color" CHECK ("accounts"."logo_color" ~ '^#[0-9a-f]{6}$');--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_reminder_days" CHECK ("accounts"."reminder_days" between 1 and 60);--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_daily_mail_cap" CHECK ("accounts"."daily_mail_cap" >= 0);--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_quiet" CHECK ("accounts"."quiet_from" between 0 and 1439 and "accounts"."quiet_to" between 0 and 1439);--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_mail_stopped_because" CHECK ("accounts"."mail_stopped_because" in ('bounces','complaints'));--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_waits_for" CHECK ("emails"."waits_for" in ('daily_cap','quiet_hours','breaker'));--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_kind" CHECK ("emails"."kind" in ('invitation','sign_in_link','account_activated','run_ended','removals_waiting','reminder','address_proof','mail_stopped'));--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_method" CHECK ("sessions"."method" in ('email_link','operator_link','sso','invitation'));