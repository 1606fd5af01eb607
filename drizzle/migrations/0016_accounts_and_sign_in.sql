CREATE TABLE "audit_chain" (
	"account_id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"event_id" uuid NOT NULL,
	"key_id" text NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_chain_account_id_position_pk" PRIMARY KEY("account_id","position")
);
--> statement-breakpoint
CREATE TABLE "audit_unsealed" (
	"account_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	CONSTRAINT "audit_unsealed_account_id_event_id_pk" PRIMARY KEY("account_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "group_role_grants" (
	"account_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_role_grants_account_id_group_id_role_id_pk" PRIMARY KEY("account_id","group_id","role_id")
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identities_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "sso_connections" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"name" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"sealed_secret" text,
	"enabled" boolean DEFAULT false NOT NULL,
	"tested_at" timestamp with time zone,
	"groups_claim" text DEFAULT 'groups' NOT NULL,
	"roles_mode" text DEFAULT 'add' NOT NULL,
	"trusts_addresses" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sso_connections_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "sso_connections_roles_mode" CHECK ("sso_connections"."roles_mode" in ('add','replace'))
);
--> statement-breakpoint
CREATE TABLE "sso_role_rules" (
	"account_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"claimed_group" text NOT NULL,
	"role_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sso_role_rules_account_id_connection_id_claimed_group_role_id_pk" PRIMARY KEY("account_id","connection_id","claimed_group","role_id")
);
--> statement-breakpoint
CREATE TABLE "managed_spans" (
	"account_id" uuid NOT NULL,
	"id" uuid DEFAULT uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"email" text,
	"name" text NOT NULL,
	"managed_from" timestamp with time zone DEFAULT now() NOT NULL,
	"managed_to" timestamp with time zone,
	"managed_by" text NOT NULL,
	"run_id" uuid,
	CONSTRAINT "managed_spans_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
ALTER TABLE "role_grants" ADD COLUMN "source" text DEFAULT 'manual' NOT NULL;--> statement-breakpoint
ALTER TABLE "role_grants" DROP CONSTRAINT "role_grants_account_id_user_id_role_id_pk";--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_account_id_user_id_role_id_source_pk" PRIMARY KEY("account_id","user_id","role_id","source");--> statement-breakpoint
ALTER TABLE "account_domains" ADD COLUMN "verified_how" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "seat_limit" integer;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "billing_period" text DEFAULT 'monthly' NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "billing_from" date DEFAULT current_date NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "ip" text;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "opened_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "method" text DEFAULT 'email_link' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "connection_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "ip" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "user_agent" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "last_seen_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "mails_paused" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "group_role_grants" ADD CONSTRAINT "group_role_grants_account_id_group_id_groups_account_id_id_fk" FOREIGN KEY ("account_id","group_id") REFERENCES "public"."groups"("account_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_role_grants" ADD CONSTRAINT "group_role_grants_account_id_role_id_roles_account_id_id_fk" FOREIGN KEY ("account_id","role_id") REFERENCES "public"."roles"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_account_id_user_id_users_account_id_id_fk" FOREIGN KEY ("account_id","user_id") REFERENCES "public"."users"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_connections" ADD CONSTRAINT "sso_connections_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_role_rules" ADD CONSTRAINT "sso_role_rules_account_id_connection_id_sso_connections_account_id_id_fk" FOREIGN KEY ("account_id","connection_id") REFERENCES "public"."sso_connections"("account_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_role_rules" ADD CONSTRAINT "sso_role_rules_account_id_role_id_roles_account_id_id_fk" FOREIGN KEY ("account_id","role_id") REFERENCES "public"."roles"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "managed_spans" ADD CONSTRAINT "managed_spans_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain_event_once" ON "audit_chain" USING btree ("account_id","event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_one_subject" ON "identities" USING btree ("account_id","issuer","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_one_per_issuer" ON "identities" USING btree ("account_id","user_id","issuer");--> statement-breakpoint
CREATE UNIQUE INDEX "sso_connections_one_per_account" ON "sso_connections" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sso_connections_by_id" ON "sso_connections" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "managed_spans_one_open" ON "managed_spans" USING btree ("account_id","user_id") WHERE managed_to is null;--> statement-breakpoint
CREATE INDEX "managed_spans_ended" ON "managed_spans" USING btree ("account_id","managed_to") WHERE managed_to is not null;--> statement-breakpoint
CREATE INDEX "audit_events_by_action" ON "audit_events" USING btree ("account_id","action","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("account_id","actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_subject" ON "audit_events" USING btree ("account_id","subject_id","id");--> statement-breakpoint
CREATE INDEX "invitations_by_user" ON "invitations" USING btree ("account_id","user_id");--> statement-breakpoint
CREATE INDEX "invitations_opened" ON "invitations" USING btree ("account_id","opened_at") WHERE opened_at is not null;--> statement-breakpoint
CREATE INDEX "invitations_accepted" ON "invitations" USING btree ("account_id","ended_at") WHERE state = 'accepted';--> statement-breakpoint
CREATE INDEX "role_grants_by_role" ON "role_grants" USING btree ("account_id","role_id");--> statement-breakpoint
CREATE INDEX "users_managed" ON "users" USING btree ("account_id","id") WHERE managed;--> statement-breakpoint
ALTER TABLE "account_domains" ADD CONSTRAINT "account_domains_verified_how" CHECK ("account_domains"."verified_how" in ('operator','dns'));--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_seat_limit" CHECK ("accounts"."seat_limit" >= 0);--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_billing_period" CHECK ("accounts"."billing_period" in ('monthly','annual'));--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_method" CHECK ("sessions"."method" in ('email_link','operator_link','sso'));--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_source" CHECK ("role_grants"."source" in ('manual','sso'));