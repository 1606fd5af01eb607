import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { withAccountAnew } from "#lib/db/with-account-anew.ts";
import { requestSignInLink } from "#lib/sign-in/request-sign-in-link.ts";
import { nobodyKnown, type Visitor } from "#lib/sign-in/visitor.ts";
import { readEmailAddress } from "#lib/users/email-address.ts";
import { isBeingSent } from "./one/is-being-sent.ts";
import { type InvitationRow, lockInvitation } from "./one/lock-invitation.ts";
import { mailAnew } from "./one/mail-anew.ts";
import { whyClosed } from "./one/why-closed.ts";
import { resendPause } from "./resend-invitation.ts";

const mostADay = 5;

/**
 * Mails the invitation anew to whoever was invited under the address and has not joined, and a sign-in link to whoever
 * has. Answers nothing, so that a stranger cannot learn who is known.
 */
export async function requestNewInvitation(address: string, visitor: Visitor = nobodyKnown): Promise<void> {
  const read = readEmailAddress(address.trim());
  if (!read.ok) return;
  for (const candidate of await accountLess.invitedCandidates(read.address)) {
    const { account_id: accountId, user_id: userId } = candidate;
    await withAccountAnew({ accountId }, (tx) => askedAgain(tx, accountId, userId, visitor));
  }
  await requestSignInLink(read.address);
}

async function askedAgain(
  tx: Transaction,
  accountId: string,
  userId: string,
  { ip }: Visitor,
): Promise<void> {
  const row = await renewable(tx, userId);
  if (!row) return;
  // Anybody can ask: nothing that a stranger does may go ahead of others, or past the caps.
  await mailAnew(tx, accountId, row, { isBulk: true });
  await recordEvent(tx, systemActor(accountId, "invitation page", ip), {
    action: "invitation.requested_again",
    subjectKind: "user",
    subjectId: userId,
    details: { address: row.email, hadExpired: row.state === "expired" },
  });
}

/** The latest invitation, if it is open or ran out: what somebody took back stays taken back. */
async function renewable(tx: Transaction, userId: string): Promise<InvitationRow | null> {
  const [latest] = await tx.execute<{ id: string }>(
    sql`select id from invitations where user_id = ${userId} order by id desc limit 1`,
  );
  const row = latest ? await lockInvitation(tx, latest.id) : null;
  if (row?.status !== "invited" || whyClosed(row) || !row.is_domain_ours || row.suppressed) return null;
  if (row.minutes_since_resent !== null && row.minutes_since_resent < resendPause) return null;
  if ((await mailedAnewToday(tx, row)) >= mostADay) return null;
  // It comes in this very moment.
  return (await isBeingSent(tx, row)) ? null : row;
}

async function mailedAnewToday(tx: Transaction, { id, generation }: InvitationRow): Promise<number> {
  const [today] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from generate_series(greatest(2, ${generation}::int - ${mostADay}::int), ${generation}::int) g
    join emails e on e.account_id = current_account() and e.key = 'invitation:' || ${id}::text || ':' || g
    where e.created_at > now() - interval '1 day'`);
  return today?.n ?? 0;
}
