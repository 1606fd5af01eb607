ALTER TABLE "mail_days" ADD COLUMN "forgiven_sent" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_days" ADD COLUMN "forgiven_bounced" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_days" ADD COLUMN "forgiven_complained" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "invitations_to_remind" ON "invitations" USING btree ("account_id","created_at","id") WHERE state = 'open' and reminded_at is null and reminders_stopped_at is null;--> statement-breakpoint
CREATE INDEX "emails_unknown" ON "emails" USING btree ("account_id","id") WHERE state = 'unknown';--> statement-breakpoint
CREATE INDEX "emails_waiting" ON "emails" USING btree ("account_id","waits_for","next_attempt_at") WHERE state = 'queued' and waits_for is not null;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_priority" CHECK ("emails"."priority" in (0, 1));