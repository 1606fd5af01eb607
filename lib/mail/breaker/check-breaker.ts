import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

type Tripped = { why: "bounces" | "complaints"; sent: number; bounced: number; complained: number };

/**
 * Stops the bulk mails of an account of whose mails, over seven days, 5 in 100 bounced (of 50 at least) or 1 in 1,000 made
 * somebody complain (two at least): mailbox providers shut out who goes on. The pump puts off what waits.
 */
export function checkBreaker(accountId: string): Promise<Tripped | null> {
  const actor = systemActor(accountId, "mail provider");
  return withAccount(actor, async (tx) => {
    const [tripped] = await tx.execute<Tripped>(sql`
      update accounts a set mail_stopped_at = now(), mail_stopped_because = judged.why
      from (
        select counts.*, case when sent >= 50 and bounced * 100 >= sent * 5 then 'bounces'
          when complained >= 2 and complained * 1000 >= sent then 'complaints' end as why
        from (
          select coalesce(sum(d.sent - d.forgiven_sent), 0)::int as sent,
            coalesce(sum(d.bounced - d.forgiven_bounced), 0)::int as bounced,
            coalesce(sum(d.complained - d.forgiven_complained), 0)::int as complained
          from mail_days d join accounts o on o.id = d.account_id
          where d.account_id = ${accountId} and d.day > mail_day(now()) - 7
            and (o.mail_resumed_at is null or d.day >= mail_day(o.mail_resumed_at))) counts) judged
      where a.id = ${accountId} and a.mail_stopped_at is null and judged.why is not null
      returning judged.why, judged.sent, judged.bounced, judged.complained`);
    if (!tripped) return null;
    const { why, ...counts } = tripped;
    await recordEvent(tx, actor, {
      action: "mail.stopped",
      subjectKind: "account",
      subjectId: accountId,
      details: { because: why, ...counts },
    });
    await tellDeciders(tx, accountId, why);
    return { ...tripped };
  });
}

/** Everybody who may let them go on hears of it. `generation` keeps why it was: a repeated mail must be the same. */
async function tellDeciders(tx: Transaction, accountId: string, why: Tripped["why"]): Promise<void> {
  await tx.execute(sql`
    insert into emails (account_id, key, kind, recipient, subject_id, generation, language, priority)
    select u.account_id, 'mail_stopped:' || extract(epoch from a.mail_stopped_at)::bigint || ':' || u.id, 'mail_stopped',
      u.email, u.account_id, ${why === "bounces" ? 1 : 2}, coalesce(u.language, a.default_language), 0
    from users u join accounts a on a.id = u.account_id
    where u.account_id = ${accountId} and u.email is not null and u.status in ('active', 'signed_up') and exists (
      select from role_holders g join roles o on o.account_id = g.account_id and o.id = g.role_id
      where g.account_id = u.account_id and g.user_id = u.id
        and (o.kind in ('owner', 'admin') or 'account_settings' = any (o.privileges)))
    on conflict (account_id, key) do nothing`);
  await enqueue(tx, "send-mail", {});
}
