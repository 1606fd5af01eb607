import { type SQL, sql } from "drizzle-orm";
import { systemActor } from "#lib/authorization/actor.ts";
import { sqlState } from "#lib/db/sql-state.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";

const lockNotAvailable = "55P03";

type Hold = { why: string | null; until: string | null; over_cap: number | null };

/**
 * All due bulk mails of an account that must wait, in one statement: claiming them batch by batch only to find that none
 * may go would take as long as sending them. Answers how many; 0 too when another pump is about it for long: what that
 * one does not see any more comes due again within a minute.
 */
export async function putOff(accountId: string, dailyCap: number | null): Promise<number> {
  const put = await putAside(accountId, dailyCap).catch((error) => {
    if (sqlState(error) === lockNotAvailable) return 0;
    throw error;
  });
  if (put > 0) await keepOpen(accountId);
  return put;
}

/**
 * An invitation is good for all its days from when it is sent: one that waits for a later day must not run out before.
 * After the mails' transaction: whoever sends an invitation again holds it, and then its mail. Looked up one by one (a limit):
 * of tables without statistics a plain join reads all open ones for each.
 */
const keepOpen = (accountId: string): Promise<unknown> =>
  withAccount(systemActor(accountId, "mail"), async (tx) => {
    await tx.execute(sql`set local statement_timeout = '10min'`);
    await tx.execute(sql`
      update invitations i set expires_at = late.until from (
        select o.account_id, o.id, kept.until
        from (
          select e.account_id, e.subject_id, e.generation, e.next_attempt_at + make_interval(days => a.invitation_days) as until
          from emails e join accounts a on a.id = e.account_id
          where e.account_id = ${accountId} and e.kind = 'invitation' and e.state = 'queued' and e.waits_for = 'daily_cap') kept
        cross join lateral (
          select * from invitations where account_id = kept.account_id and id = kept.subject_id
          limit 1 for update skip locked) o
        where o.state = 'open' and o.generation = kept.generation and o.expires_at < kept.until) late
      where i.account_id = late.account_id and i.id = late.id`);
  });

function putAside(accountId: string, dailyCap: number | null): Promise<number> {
  return withAccount(systemActor(accountId, "mail"), async (tx) => {
    await tx.execute(sql`set local statement_timeout = '10min'`);
    await tx.execute(sql`set local lock_timeout = '2s'`);
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended('put-off:' || ${accountId}::text, 0))`,
    );
    await tx.execute(sql`set local lock_timeout = 0`);
    const [hold] = await tx.execute<Hold>(sql`
      select h.why, h.until::text as until, case when ${dailyCap}::int is not null
        and coalesce(d.sent, 0) >= coalesce(a.daily_mail_cap, ${dailyCap}::int) then coalesce(a.daily_mail_cap, ${dailyCap}::int) end as over_cap
      from accounts a cross join lateral mail_hold(a) h
      left join mail_days d on d.account_id = a.id and d.day = mail_day(now())
      where a.id = ${accountId}`);
    if (hold?.why) return putAll(tx, hold.why, hold.until);
    if (hold?.over_cap == null) return 0;
    return spreadOverDays(tx, accountId, hold.over_cap);
  });
}

const bulk = sql`priority = 1`;
const offersSomebodyWaitsFor = sql`priority = 0 and kind in ('invitation', 'reminder')`;

async function putAll(tx: Transaction, why: string, until: string | null): Promise<number> {
  const offers = why === "breaker" ? await put(tx, offersSomebodyWaitsFor, why, until) : 0;
  return offers + (await put(tx, bulk, why, until));
}

/** What is due later than `until` waits long enough already. */
async function put(tx: Transaction, which: SQL, why: string, until: string | null): Promise<number> {
  const put = await tx.execute(sql`
    update emails e set next_attempt_at = ${until}, waits_for = ${why}
    from (select account_id, id from emails
      where state = 'queued' and ${which} and next_attempt_at < ${until} and account_id = current_account()
      for update skip locked) due
    where e.account_id = due.account_id and e.id = due.id`);
  return put.count;
}

/** Each gets the day on which its turn comes, so that a long queue is moved once, and tells when it is sent. */
async function spreadOverDays(tx: Transaction, accountId: string, cap: number): Promise<number> {
  const tomorrow = sql`(mail_day(now()) + 1)::timestamp at time zone 'UTC'`;
  const put = await tx.execute(sql`
    with ahead as (
      select count(*) as mails from emails
      where account_id = ${accountId} and state = 'queued' and waits_for = 'daily_cap' and next_attempt_at >= ${tomorrow}),
    due as (
      select account_id, id, next_attempt_at from emails
      where state = 'queued' and priority = 1 and next_attempt_at < ${tomorrow} and account_id = ${accountId}
      for update skip locked),
    placed as (
      select account_id, id, (row_number() over (order by next_attempt_at, id) - 1 + ahead.mails) / ${Math.max(cap, 1)}::bigint as days
      from due, ahead)
    update emails e set waits_for = 'daily_cap',
      next_attempt_at = (mail_day(now()) + 1 + least(p.days, 3650)::int * ${cap > 0 ? 1 : 0})::timestamp at time zone 'UTC'
    from placed p where e.account_id = p.account_id and e.id = p.id`);
  return put.count;
}
