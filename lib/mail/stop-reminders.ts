import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { isLinkToken, linkTokenId } from "#lib/secrets/link-token.ts";

/**
 * The invited person wants no reminders of this invitation; it stays open. That counts in an account
 * that is suspended too. Whoever asks with whatever token is told the
 * same, so that nobody learns whom an account has invited.
 */
export async function stopReminders(tokenKey: string, token: string): Promise<void> {
  const id = linkTokenId(token);
  if (!id || !isLinkToken(tokenKey, "unsubscribe", token)) return;
  const [found] = await accountLess.decliningAccount(id);
  if (!found) return;
  const actor = systemActor(found.account_id, "link in the reminder");
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
