import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { mailKeysOf } from "./mails-of.ts";

/** Takes back what was not sent to the person yet, and keeps their runs' counts of mails; answers how many that were. */
export async function withdrawMails(tx: Transaction, userId: string, because: string): Promise<number> {
  const keys = await mailKeysOf(tx, userId);
  const withdrawn = await tx.execute<{ run_id: string | null }>(sql`
    update emails set state = 'withdrawn', error = ${because}
    where key = any (${sql.param(keys)}::text[]) and state = 'queued' returning run_id`);
  for (const { run_id } of withdrawn) if (run_id) await recount(tx, run_id, { withdrawn: 1 });
  return withdrawn.count;
}

/** Puts back what was taken back, because what it was about is open again. */
export async function requeueInvitation(tx: Transaction, invitationId: string): Promise<boolean> {
  const again = await tx.execute<{ run_id: string | null }>(sql`
    update emails e set state = 'queued', error = null, next_attempt_at = now()
    from (select 'invitation:' || i.id || ':' || i.generation as key from invitations i
      where i.id = ${invitationId} offset 0) mine
    where e.key = mine.key and e.state = 'withdrawn' returning e.run_id`);
  for (const { run_id } of again) if (run_id) await recount(tx, run_id, { withdrawn: -1 });
  return again.count > 0;
}

const recount = (tx: Transaction, runId: string, { withdrawn }: { withdrawn: 1 | -1 }) =>
  tx.execute(sql`
    update run_mail_counts set queued = queued - ${withdrawn}, withdrawn = withdrawn + ${withdrawn}
    where run_id = ${runId}`);
