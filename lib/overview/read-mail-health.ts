import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";

/** `failed`, `unknown`: of the last 24 hours. `oldestWaiting`: about when the mail that waits longest was written. */
export type MailHealth = {
  waiting: number;
  oldestWaiting: Date | null;
  failed: number;
  unknown: number;
};

type Row = { waiting: string; oldest: string | null; failed: string; unknown: string };

/**
 * How the account's mails are doing, at a cost that does not grow with them: each run counts its own, single mails have
 * a short queue of their own, and what failed was written down.
 */
export async function readMailHealth(actor: Actor): Promise<MailHealth> {
  authorize(actor, "users.view");
  const { accountId } = actor;
  const [[row]] = await readAccount<[Row]>(
    actor,
    sql`
      with bulk as (
        select sum(m.queued) as waiting, min(coalesce(r.applying_at, r.requested_at)) as oldest
        from run_mail_counts m join runs r on r.account_id = m.account_id and r.id = m.run_id
        where m.account_id = ${accountId} and m.queued > 0),
      single as (
        select count(*) as waiting, min(created_at) as oldest from emails
        where state = 'queued' and priority = 0 and account_id = ${accountId}),
      told as (
        select sum((details->>'mails')::int) filter (where action = 'mail.failed') as failed,
          sum((details->>'mails')::int) filter (where action = 'mail.unknown') as unknown
        from audit_events e
        where e.account_id = ${accountId} and e.action in ('mail.failed', 'mail.unknown')
          and e.id >= uuid_v7_floor(now() - interval '24 hours'))
      select coalesce(bulk.waiting, 0) + single.waiting as waiting, least(bulk.oldest, single.oldest) as oldest,
        coalesce(told.failed, 0) as failed, coalesce(told.unknown, 0) as unknown
      from bulk, single, told`,
  );
  if (!row) throw new Error("a count gave no row");
  return {
    waiting: Number(row.waiting),
    oldestWaiting: row.oldest ? new Date(row.oldest) : null,
    failed: Number(row.failed),
    unknown: Number(row.unknown),
  };
}
