import { sql } from "drizzle-orm";
import type { Transaction } from "./with-account.ts";

/**
 * One change at a time of who owns the account and how it signs in, till this transaction ends. Taken before the rows of
 * people, and after those of runs. Weaker than `for update`, which would also stop whoever writes a row that refers to it.
 */
export async function lockAccount(tx: Transaction, accountId: string): Promise<void> {
  await tx.execute(sql`select from accounts where id = ${accountId} for no key update`);
}
