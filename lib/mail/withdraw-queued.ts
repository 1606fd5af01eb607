import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

/** Takes back what was not sent yet of the mails of these keys, and keeps their runs' counts; answers how many that were. */
export async function withdrawQueued(tx: Transaction, keys: string[], because: string): Promise<number> {
  const withdrawn = await tx.execute<{ run_id: string | null }>(sql`
    update emails set state = 'withdrawn', error = ${because}
    where key = any (${sql.param(keys)}::text[]) and state = 'queued' returning run_id`);
  for (const { run_id } of withdrawn) if (run_id) await countWithdrawn(tx, run_id, 1);
  return withdrawn.count;
}

export const countWithdrawn = (tx: Transaction, runId: string, withdrawn: 1 | -1) =>
  tx.execute(sql`
    update run_mail_counts set queued = queued - ${withdrawn}, withdrawn = withdrawn + ${withdrawn}
    where run_id = ${runId}`);
