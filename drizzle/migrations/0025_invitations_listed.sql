ALTER TABLE "emails" ADD COLUMN "standing" text GENERATED ALWAYS AS (case when complained_at is not null then 'complained'
      when bounced_at is not null then 'bounced' when delivered_at is not null then 'delivered'
      when state = 'queued' and waits_for is not null then 'waiting' when state in ('queued', 'sending') then 'queued'
      when state = 'sent' and provider = 'smtp' then 'handed_over' else state end) STORED;--> statement-breakpoint
ALTER TABLE "run_rows" ADD COLUMN "invitation_id" uuid;--> statement-breakpoint
CREATE INDEX "invitations_by_source" ON "invitations" USING btree ("account_id","source","id");--> statement-breakpoint
CREATE INDEX "invitations_open_until" ON "invitations" USING btree ("account_id","expires_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "emails_not_arrived" ON "emails" USING btree ("account_id","standing","subject_id") WHERE kind in ('invitation', 'reminder') and standing not in ('delivered', 'handed_over', 'in_local_mailbox');--> statement-breakpoint
CREATE INDEX "users_by_department" ON "users" USING btree ("account_id","department","id") WHERE department is not null;