CREATE INDEX "sign_in_tokens_by_user" ON "sign_in_tokens" USING btree ("account_id","user_id");--> statement-breakpoint
-- What an undo says besides what an import says: the status that the person gets back, and groups that they leave.
alter table run_changes add column status text, add column leaves text[];
