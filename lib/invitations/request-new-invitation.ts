import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { enqueueMail } from "#lib/mail/enqueue-mail.ts";
import { requestSignInLink } from "#lib/sign-in/request-sign-in-link.ts";
import { nobodyKnown, type Visitor } from "#lib/sign-in/visitor.ts";
import { readEmailAddress } from "#lib/users/email-address.ts";

const mostADay = 5;
const minutesBetween = 10;

/**
 * Mails the invitation anew to whoever was invited under the address and has not joined, and a sign-in link to whoever
 * has. Answers nothing, so that a stranger cannot learn who is known.
 */
export async function requestNewInvitation(address: string, visitor: Visitor = nobodyKnown): Promise<void> {
  const read = readEmailAddress(address.trim());
  if (!read.ok) return;
  for (const candidate of await accountLess.invitedCandidates(read.address)) {
    const { account_id: accountId, user_id: userId } = candidate;
    await withAccount({ accountId }, (tx) => mailAnew(tx, accountId, userId, visitor));
  }
  await requestSignInLink(read.address);
}

type Renewed = { id: string; email: string; generation: number; language: string };

async function mailAnew(tx: Transaction, accountId: string, userId: string, { ip }: Visitor): Promise<void> {
  const renewed = await renew(tx, userId);
  if (!renewed) return;
  const { id, email, generation, language } = renewed;
  await recordEvent(tx, systemActor(accountId, "invitation page", ip), {
    action: "invitation.requested_again",
    subjectKind: "user",
    subjectId: userId,
    details: { email },
  });
  const key = `invitation:${id}:${generation}`;
  const mail = { key, kind: "invitation", recipient: email, subjectId: id, generation, language } as const;
  await enqueueMail(tx, accountId, mail);
}

/** The latest invitation, if it is open or ran out: what somebody took back stays taken back. */
async function renew(tx: Transaction, userId: string): Promise<Renewed | undefined> {
  // First alone: a statement that waits for the lock goes on with what its other tables held before.
  await tx.execute(sql`select from users where id = ${userId} for update`);
  const [renewed] = await tx.execute<Renewed>(sql`
    update invitations i set state = 'open', ended_at = null, generation = i.generation + 1, resent_at = now(),
      expires_at = now() + make_interval(days => (select invitation_days from accounts where id = i.account_id))
    from users u
    where u.id = ${userId} and u.status = 'invited' and i.account_id = u.account_id and i.email_norm = u.email_norm
      and i.id = (select id from invitations where user_id = ${userId} order by id desc limit 1)
      and i.state in ('open', 'expired')
      and coalesce(i.resent_at, '-infinity') < now() - make_interval(mins => ${minutesBetween})
      and (select count(*) from generate_series(greatest(2, i.generation - ${mostADay}), i.generation) g
        join emails e on e.account_id = i.account_id and e.key = 'invitation:' || i.id || ':' || g
        where e.created_at > now() - interval '1 day') < ${mostADay}
      and not exists (select from suppressed_addresses s
        where s.account_id = i.account_id and s.email_norm = i.email_norm)
    returning i.id, i.email, i.generation, i.language`);
  return renewed;
}
