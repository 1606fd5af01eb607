-- Right after an import the outbox has no statistics, and a claim of 100 mails sorted the whole queue: 50 to 160 ms a call
-- with 100,000 waiting, and ten times that with a million. The queue's index has the order already.
alter function claim_emails(integer, uuid, integer, text) set enable_sort = off;
--> statement-breakpoint
alter function claim_emails(integer, uuid, integer, text) set enable_seqscan = off;
--> statement-breakpoint
alter function claim_emails(integer, uuid, integer, text) set enable_bitmapscan = off;
