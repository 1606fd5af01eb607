import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

/** Deletes the pieces of the run's file; its name, size and hash stay. */
export async function forgetFile(tx: Transaction, runId: string): Promise<void> {
  await tx.execute(
    sql`delete from upload_pieces p using runs r where r.id = ${runId} and p.upload_id = r.upload_id`,
  );
  await markRead(tx, runId);
}

export async function markRead(tx: Transaction, runId: string): Promise<void> {
  await tx.execute(
    sql`update uploads u set state = 'read' from runs r where r.id = ${runId} and u.id = r.upload_id`,
  );
}
