import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

/** Of those among `people` (a query of user ids) who hold no role any more every session ends. Returns how many did. */
export async function endSessionsWithoutRole(tx: Transaction, people: SQL): Promise<number> {
  const ended = await tx.execute(sql`
    update sessions s set ended_at = now()
    where s.user_id in (${people}) and s.ended_at is null and s.expires_at > now()
      and not exists (select from role_holders h where h.account_id = s.account_id and h.user_id = s.user_id)
    returning s.id`);
  return ended.length;
}
