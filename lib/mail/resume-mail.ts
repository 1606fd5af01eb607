import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

type Resumed = { ok: true } | { ok: false; reason: "not_stopped" };

/** Lets the account's bulk mails go on after too many bounces or complaints; what was counted till now does not count again. */
export async function resumeMail(actor: Actor): Promise<Resumed> {
  authorize(actor, "mails.resume");
  return withAccount(actor, async (tx): Promise<Resumed> => {
    const { accountId } = actor;
    const resumed = await tx.execute(sql`
      update accounts set mail_stopped_at = null, mail_stopped_because = null, mail_resumed_at = now()
      where id = ${accountId} and mail_stopped_at is not null`);
    if (resumed.count === 0) return { ok: false, reason: "not_stopped" };
    await tx.execute(sql`
      update mail_days set forgiven_sent = sent, forgiven_bounced = bounced, forgiven_complained = complained
      where account_id = ${accountId} and day = mail_day(now())`);
    await recordEvent(tx, actor, { action: "mail.resumed", subjectKind: "account", subjectId: accountId });
    await enqueue(tx, "release-mails", { accountId });
    return { ok: true };
  });
}
