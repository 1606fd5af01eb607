import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { countWithdrawn, withdrawQueued } from "#lib/mail/withdraw-queued.ts";
import { mailKeysOf } from "./mails-of.ts";

/** Takes back what was not sent to the person yet; answers how many mails that were. */
export const withdrawMails = async (tx: Transaction, userId: string, because: string): Promise<number> =>
  withdrawQueued(tx, await mailKeysOf(tx, userId), because);

/** Puts back what was taken back, because what it was about is open again. */
export async function requeueInvitation(tx: Transaction, invitationId: string): Promise<boolean> {
  const again = await tx.execute<{ run_id: string | null }>(sql`
    update emails e set state = 'queued', error = null, next_attempt_at = now()
    from (select 'invitation:' || i.id || ':' || i.generation as key from invitations i
      where i.id = ${invitationId} offset 0) mine
    where e.key = mine.key and e.state = 'withdrawn' returning e.run_id`);
  for (const { run_id } of again) if (run_id) await countWithdrawn(tx, run_id, -1);
  return again.count > 0;
}
