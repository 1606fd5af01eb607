import { type SQL, sql } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { accountSetting } from "./account-setting.ts";
import { database } from "./database.ts";
import { isConnectionLost } from "./is-connection-lost.ts";
import { withoutValues } from "./without-values.ts";

export type Transaction = Parameters<Parameters<PostgresJsDatabase["transaction"]>[0]>[0];

/**
 * Runs `work` in one transaction that sees and writes the rows of this account alone. When the connection is lost it
 * rejects at once, and whatever `work` still asks of its transaction is neither answered nor sent.
 */
export async function withAccount<T>(
  scope: { accountId: string },
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const line: Line = { lost: false };
  const attempt = async (tx: Transaction): Promise<T> => {
    const guarded = guard(tx, line);
    await guarded.execute(sql.raw(`select ${accountSetting(scope)}`));
    return work(guarded);
  };
  try {
    return await database().orm.transaction(async (tx) => {
      try {
        const result = await attempt(tx);
        return line.lost ? await never() : result;
      } catch (error) {
        if (line.lost) return never();
        throw error;
      }
    });
  } catch (error) {
    line.lost = true;
    throw withoutValues(error);
  }
}

type Line = { lost: boolean };

/**
 * postgres.js ends the process when a COMMIT, ROLLBACK or anything else is written in a transaction whose socket has
 * closed (https://github.com/porsager/postgres/issues/1208). Its own promise is rejected by then; ours waits for ever.
 */
const never = () => new Promise<never>(() => {});

function guard(tx: Transaction, line: Line): Transaction {
  const execute = async (query: SQL) => {
    if (line.lost) return never();
    try {
      return await tx.execute(query);
    } catch (error) {
      line.lost ||= isConnectionLost(error);
      throw error;
    }
  };
  return Object.create(tx, { execute: { value: execute } }) as Transaction;
}
