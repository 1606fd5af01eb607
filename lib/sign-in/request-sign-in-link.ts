import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { enqueueMail } from "#lib/mail/enqueue-mail.ts";

const perQuarterHour = 5;
const goodForMinutes = 15;

/**
 * Mails a one-time link to the address if an admin has it, at most 5 in 15 minutes. Answers nothing,
 * so that a stranger cannot learn who has an account.
 */
export async function requestSignInLink(email: string): Promise<void> {
  if (!/^[\x21-\x7e]{3,254}$/.test(email)) return;
  for (const candidate of await accountLess.signInCandidates(email)) {
    const accountId = candidate.account_id;
    await withAccount({ accountId }, (tx) => mailLink(tx, accountId, candidate.user_id));
  }
}

async function mailLink(tx: Transaction, accountId: string, userId: string): Promise<void> {
  // Requests for one person at once would all count before any of them has written. The one that is first mails.
  const [lock] = await tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`sign_in_link:${userId}`}, 0)) as held`,
  );
  if (!lock?.held) return;
  const [token] = await tx.execute<{ id: string; email: string }>(sql`
    insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
    select ${accountId}, ${userId}, 'email_link', now() + make_interval(mins => ${goodForMinutes})
    where (select count(*) from sign_in_tokens where user_id = ${userId} and purpose = 'email_link'
      and created_at > now() - interval '15 minutes') < ${perQuarterHour}
    returning id, (select email from users where id = user_id) as email`);
  if (!token) return;
  await recordEvent(tx, systemActor(accountId, "sign-in page"), {
    action: "sign_in.link_requested",
    subjectKind: "user",
    subjectId: userId,
  });
  await enqueueMail(tx, accountId, {
    key: `sign_in_link:${token.id}`,
    kind: "sign_in_link",
    recipient: token.email,
    subjectId: token.id,
    userId,
  });
}
