ALTER TABLE "emails" DROP CONSTRAINT "emails_kind";--> statement-breakpoint
ALTER TABLE "directory_entries" ADD COLUMN "marks" text[];--> statement-breakpoint
ALTER TABLE "directory_entries" ADD COLUMN "still_in" text;--> statement-breakpoint
CREATE INDEX "directory_entries_marked" ON "directory_entries" USING btree ("account_id","external_id") WHERE marks is not null;--> statement-breakpoint
CREATE INDEX "directory_entries_not_in" ON "directory_entries" USING btree ("account_id","external_id") WHERE verdict <> 'in';--> statement-breakpoint
ALTER TABLE "directory_entries" ADD CONSTRAINT "directory_entries_marks" CHECK ("directory_entries"."marks" <@ array['no_mail','odd_mail','odd_value','disabled']);--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_kind" CHECK ("emails"."kind" in ('invitation','sign_in_link','account_activated','run_ended','removals_waiting','reminder','address_proof','mail_stopped','sync_failed','sync_overdue'));