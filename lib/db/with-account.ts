import { sql } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { database } from "./database.ts";
import { withoutValues } from "./without-values.ts";

export type Transaction = Parameters<Parameters<PostgresJsDatabase["transaction"]>[0]>[0];

/** Runs `work` in one transaction that sees and writes the rows of this account alone. */
export async function withAccount<T>(
  scope: { accountId: string },
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  try {
    return await database().orm.transaction(async (tx) => {
      await tx.execute(sql`select set_config('app.account_id', ${scope.accountId}, true)`);
      return work(tx);
    });
  } catch (error) {
    throw withoutValues(error);
  }
}
