import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

/**
 * For statements that join what this run has just written. Postgres has no statistics of it, takes it for one row, and
 * in a nested loop would go through all of it once for each of its rows.
 */
export async function forFreshRows<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  await tx.execute(sql`set local enable_nestloop = off`);
  const done = await work();
  await tx.execute(sql`set local enable_nestloop = on`);
  return done;
}
