import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { mailLanguage } from "#lib/mail/mail-language.ts";

type Offer = {
  accountId: string;
  source: string;
  runId?: string;
  invitedBy: string | null;
  /** As `readMessage` gave it. */
  message?: string | null;
};

export type Opened = { invitationId: string; userId: string; suppressed: "bounced" | "complained" | null };

/**
 * Invites people who are here, have an address and no invitation that can still be followed: `people` is a relation with
 * their `user_id`, whose rows the caller holds. Makes them *Invited* and mails each; to an address that bounced or
 * complained nothing goes, and the mail says so. The order of the answers is not that of the people.
 */
export async function openInvitations(tx: Transaction, people: SQL, offer: Offer): Promise<Opened[]> {
  await tx.execute(sql`
    update invitations i set state = 'expired', ended_at = now()
    from ${people} p join users u on u.account_id = ${offer.accountId} and u.id = p.user_id
    where i.email_norm = u.email_norm and i.state = 'open' and i.expires_at <= now()`);
  await tx.execute(sql`
    update users u set status = 'invited', suspended_at = null, status_before_suspension = null, version = u.version + 1,
      updated_at = now(), email_validation = case u.status when 'deleted' then 'pending' else u.email_validation end
    from ${people} p where u.account_id = ${offer.accountId} and u.id = p.user_id and u.status <> 'invited'`);
  const opened = await tx.execute<{ id: string; user_id: string; reason: Opened["suppressed"] }>(sql`
    with opened as (
      insert into invitations (account_id, user_id, email, source, run_id, invited_by, message, language, expires_at)
      select ${offer.accountId}::uuid, u.id, u.email, ${offer.source}, ${offer.runId ?? null}::uuid, ${offer.invitedBy}::uuid,
        ${offer.message ?? null}::text, ${mailLanguage(sql`u.language`)},
        now() + make_interval(days => (select invitation_days from accounts))
      from ${people} p join users u on u.account_id = ${offer.accountId} and u.id = p.user_id
      returning account_id, id, user_id, email, email_norm, run_id, language),
    judged as (
      select o.*, s.reason from opened o
      left join suppressed_addresses s on s.account_id = o.account_id and s.email_norm = o.email_norm),
    mailed as (
      insert into emails (account_id, key, kind, recipient, subject_id, run_id, language, priority, state, error)
      select account_id, 'invitation:' || id || ':1', 'invitation', email, id, run_id, language,
        case when run_id is null then 0 else 1 end, case when reason is null then 'queued' else 'withdrawn' end,
        'the address ' || reason
      from judged)
    select id, user_id, reason from judged`);
  await enqueue(tx, "send-mail", {});
  return [...opened].map((row) => ({ invitationId: row.id, userId: row.user_id, suppressed: row.reason }));
}
