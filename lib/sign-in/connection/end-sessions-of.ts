import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

/** Ends what was opened through a connection; returns how many sessions that were. */
export async function endSessionsOf(tx: Transaction, connectionId: string): Promise<number> {
  const [row] = await tx.execute<{ ended: number }>(sql`
    with ended as (update sessions set ended_at = now()
      where connection_id = ${connectionId} and ended_at is null and expires_at > now() returning id)
    select count(*)::int as ended from ended`);
  return row?.ended ?? 0;
}
