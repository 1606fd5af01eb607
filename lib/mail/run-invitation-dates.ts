import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { type RemindFrom, remindBatch } from "./reminders/remind-batch.ts";

const atOnce = 10_000;

/** A sweep has other things to see to; the rest comes with the next. */
const mostMs = 20_000;

/**
 * Invitations that ran out are written down as expired, and those that nobody followed are mailed once more, once
 * after each sending; an audit event a batch. Can be repeated, and run by several workers at once.
 */
export async function runInvitationDates(): Promise<{ expired: number; reminded: number }> {
  const until = Date.now() + mostMs;
  const done = { expired: 0, reminded: 0 };
  for (const { account_id: accountId } of await accountLess.dueInvitations()) {
    for (let batch = atOnce; batch === atOnce && Date.now() < until; ) {
      batch = await expireBatch(accountId);
      done.expired += batch;
    }
    for (let from: RemindFrom | null = "begin"; from !== null && Date.now() < until; ) {
      const batch = await remindBatch(accountId, from, atOnce);
      done.reminded += batch.reminded;
      from = batch.next;
    }
  }
  return done;
}

function expireBatch(accountId: string): Promise<number> {
  const actor = systemActor(accountId, "its time was over");
  return withAccount(actor, async (tx) => {
    const [batch] = await tx.execute<{ invitations: number; sha256: string }>(sql`
      with due as (
        select id from invitations where account_id = ${accountId} and state = 'open' and expires_at <= now()
        order by expires_at limit ${atOnce} for update skip locked),
      expired as (
        update invitations i set state = 'expired', ended_at = i.expires_at
        from due where i.account_id = ${accountId} and i.id = due.id returning i.id)
      select count(*)::int as invitations,
        encode(sha256(convert_to(string_agg(id::text, E'\n' order by id), 'UTF8')), 'hex') as sha256 from expired`);
    if (!batch?.invitations) return 0;
    await recordEvent(tx, actor, { action: "invitations.expired", details: { ...batch } });
    return batch.invitations;
  });
}
