import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

/** Where in the order of the invitations' ages a batch begins. */
export type RemindFrom = "begin" | { at: string; id: string };

type Row = { looked: number; at: string; id: string; reminded: number; sha256: string | null };
type Batch = { reminded: number; next: RemindFrom | null };

/**
 * Reminds of those among the next `atOnce` open invitations whose mail went out long enough ago and is not known to have
 * failed its person. `next`: null when none is left to look at.
 */
export function remindBatch(accountId: string, from: RemindFrom, atOnce: number): Promise<Batch> {
  const actor = systemActor(accountId, "reminders");
  return withAccount(actor, async (tx): Promise<Batch> => {
    const [account] = await tx.execute<{ reminder_days: number | null }>(sql`
      select reminder_days from accounts
      where id = ${accountId} and suspended_at is null and mail_stopped_at is null`);
    const days = account?.reminder_days;
    if (days == null) return { reminded: 0, next: null };
    const since = sql`now() - make_interval(days => ${days}::int)`;
    const cursor =
      from === "begin" ? sql`` : sql`and (created_at, id) > (${from.at}::timestamptz, ${from.id}::uuid)`;
    // Laterals with a limit are looked up by key, where a join of tables without statistics would read the account.
    const [row] = await tx.execute<Row>(sql`
      with due as materialized (
        select id, email, email_norm, generation, language, created_at, expires_at from invitations
        where account_id = ${accountId} and state = 'open' and reminded_at is null and reminders_stopped_at is null
          and created_at <= ${since} ${cursor}
        order by created_at, id limit ${atOnce} for update skip locked),
      ready as (
        select due.id, due.email, due.generation, due.language
        from (select *, ${accountId}::uuid as account_id, 'invitation:' || id || ':' || generation as key from due offset 0) due
        cross join lateral (select * from emails where account_id = due.account_id and key = due.key limit 1) e
        where due.expires_at > now() + interval '1 day' and e.state in ('sent', 'in_local_mailbox') and e.sent_at <= ${since}
          and e.bounced_at is null and e.complained_at is null
          and not exists (select from users p
            where p.mails_paused and p.account_id = due.account_id and p.email_norm = due.email_norm)
          and not exists (select from suppressed_addresses s
            where s.account_id = due.account_id and s.email_norm = due.email_norm)),
      noted as (
        update invitations i set reminded_at = now() from ready
        where i.account_id = ${accountId} and i.id = ready.id
        returning i.id, ready.email, ready.generation, ready.language),
      written as (
        insert into emails (account_id, key, kind, recipient, subject_id, generation, language)
        select ${accountId}::uuid, 'reminder:' || id || ':' || generation, 'reminder', email, id, generation, language from noted
        on conflict (account_id, key) do nothing)
      select (select count(*)::int from due) as looked, last.created_at::text as at, last.id,
        (select count(*)::int from noted) as reminded,
        (select encode(sha256(convert_to(string_agg(id::text, E'\n' order by id), 'UTF8')), 'hex') from noted) as sha256
      from (select created_at, id from due order by created_at desc, id desc limit 1) last`);
    if (!row) return { reminded: 0, next: null };
    const { looked, reminded, sha256, at, id } = row;
    if (reminded > 0) {
      await recordEvent(tx, actor, {
        action: "invitations.reminded",
        details: { invitations: reminded, sha256 },
      });
      await enqueue(tx, "send-mail", {});
    }
    return { reminded, next: looked === atOnce ? { at, id } : null };
  });
}
