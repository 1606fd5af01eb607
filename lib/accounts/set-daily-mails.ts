import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

/** For the operator; null: as many as the deployment gives everybody. What waits for its day is judged anew. */
export function setDailyMails(accountId: string, cap: number | null): Promise<{ before: number | null }> {
  return withAccount({ accountId }, async (tx) => {
    const [now] = await tx.execute<{ before: number | null }>(
      sql`select daily_mail_cap as before from accounts where id = ${accountId} for no key update`,
    );
    if (!now) throw new Error(`account ${accountId} is missing`);
    await tx.execute(sql`update accounts set daily_mail_cap = ${cap} where id = ${accountId}`);
    const told = (mails: number | null) => (mails === null ? "as everybody" : String(mails));
    await recordEvent(tx, systemActor(accountId, "operator"), {
      action: "account.daily_mails_changed",
      subjectKind: "account",
      subjectId: accountId,
      details: { changes: [{ field: "daily_mails", before: told(now.before), after: told(cap) }] },
    });
    await enqueue(tx, "release-mails", { accountId });
    return now;
  });
}
