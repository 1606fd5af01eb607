import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";

/** For the operator: ids of the keys that the account's chain was made under; without one its part proves nothing. */
export async function chainKeys(accountId: string): Promise<string[]> {
  const rows = await withAccount({ accountId }, (tx) =>
    tx.execute<{ key_id: string }>(sql`select distinct key_id from audit_chain order by key_id`),
  );
  return [...rows].map((row) => row.key_id);
}
