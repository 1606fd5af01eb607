ALTER TABLE "run_rows" ADD COLUMN "user_id" uuid;--> statement-breakpoint
-- Whoever takes seats holds the account's row meanwhile; to lock a row takes the right to update a column of it.
grant update (seat_limit) on accounts to rollcall_worker;
