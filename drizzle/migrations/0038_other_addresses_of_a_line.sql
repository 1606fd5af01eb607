ALTER TABLE "directory_entries" DROP CONSTRAINT "directory_entries_marks";--> statement-breakpoint
ALTER TABLE "run_rows" ADD COLUMN "aliases" text;--> statement-breakpoint
ALTER TABLE "directory_entries" ADD CONSTRAINT "directory_entries_marks" CHECK ("directory_entries"."marks" <@ array['no_mail','foreign_mail','odd_mail','odd_value','disabled','no_state']);