import { sql } from "drizzle-orm";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

/** After what held an account's mails back has changed: all that waits is due now, and the pump judges it anew. */
export function runReleaseMails({ accountId }: { accountId: string }): Promise<number> {
  return withAccount(systemActor(accountId, "mail"), async (tx) => {
    await tx.execute(sql`set local statement_timeout = '10min'`);
    // First alone: whoever is putting this account's mails off is waited for, and what that wrote is seen.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended('put-off:' || ${accountId}::text, 0))`,
    );
    const released = await tx.execute(sql`
      update emails set next_attempt_at = now(), waits_for = null
      where account_id = ${accountId} and state = 'queued' and waits_for is not null`);
    if (released.count > 0) await enqueue(tx, "send-mail", {});
    return released.count;
  });
}
