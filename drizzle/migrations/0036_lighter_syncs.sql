DROP TABLE "directory_seen" CASCADE;--> statement-breakpoint
DROP INDEX "run_group_members_of_run";--> statement-breakpoint
CREATE INDEX "run_group_members_of_run" ON "run_group_members" USING btree ("account_id","run_id","member_id");