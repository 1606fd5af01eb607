import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { isLinkToken, linkTokenId } from "#lib/secrets/link-token.ts";

/** Whether a link to stop reminders is one of ours and complete; who is invited it does not tell. */
export const isReminderLink = (tokenKey: string, token: string): boolean =>
  isLinkToken(tokenKey, "unsubscribe", token);

/**
 * The invited person wants no reminders of this invitation; it stays open. That counts in an account
 * that is suspended too. False, and nothing is done, when the link is not one of ours.
 */
export async function stopReminders(tokenKey: string, token: string): Promise<boolean> {
  const id = linkTokenId(token);
  if (!id || !isReminderLink(tokenKey, token)) return false;
  const [found] = await accountLess.decliningAccount(id);
  if (found) await stop(found.account_id, id);
  return true;
}

async function stop(accountId: string, id: string): Promise<void> {
  const actor = systemActor(accountId, "link in the reminder");
  await withAccount(actor, async (tx) => {
    const [stopped] = await tx.execute<{ user_id: string }>(sql`
      update invitations set reminders_stopped_at = now()
      where account_id = ${actor.accountId} and id = ${id} and reminders_stopped_at is null returning user_id`);
    if (!stopped) return;
    await tx.execute(sql`
      update emails e set state = 'withdrawn', error = 'the person wants no reminders'
      from (select i.account_id, 'reminder:' || i.id || ':' || i.generation as key from invitations i
        where i.account_id = ${actor.accountId} and i.id = ${id} offset 0) mine
      where e.account_id = mine.account_id and e.key = mine.key and e.state = 'queued'`);
    await recordEvent(tx, actor, {
      action: "invitation.reminders_stopped",
      subjectKind: "user",
      subjectId: stopped.user_id,
      details: { invitation: id },
    });
  });
}
