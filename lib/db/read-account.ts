import type { SQL } from "drizzle-orm";
import type postgres from "postgres";
import { accountSetting } from "./account-setting.ts";
import { askPrepared } from "./ask-prepared.ts";
import { database } from "./database.ts";
import { isConnectionLost } from "./is-connection-lost.ts";
import { withoutValues } from "./without-values.ts";

type Row = Record<string, unknown>;
type Queries<Rows extends Row[]> = { [At in keyof Rows]: SQL };
type Answers<Rows extends Row[]> = { [At in keyof Rows]: Rows[At][] };

/**
 * What queries answer in one read-only transaction of this account. They are sent together, each as a prepared
 * statement: for pages, which read much more often than anything is written. `withAccount` is for all else.
 */
export async function readAccount<Rows extends Row[]>(
  scope: { accountId: string },
  ...queries: Queries<Rows>
): Promise<Answers<Rows>> {
  const setting = accountSetting(scope);
  const attempt = { begun: false };
  const read = (prepare: boolean) =>
    database()
      .sql.begin("read only", (connection) => {
        attempt.begun = true;
        return ask(connection, setting, queries, prepare);
      })
      .catch((error: unknown) => {
        throw withoutValues(error);
      });
  const rows = await read(true).catch((error: unknown) => {
    // Of a lost connection postgres.js also tells the first who gets its place afterwards, before anything is asked.
    if (isConnectionLost(error) && !attempt.begun) return read(true);
    if (isStale(error)) return read(false);
    throw error;
  });
  return rows as unknown as Answers<Rows>;
}

async function ask(
  connection: postgres.TransactionSql,
  setting: string,
  queries: SQL[],
  prepare: boolean,
): Promise<Row[][]> {
  // Planned for its values each time, as what is not prepared is.
  const set = connection.unsafe(
    `select ${setting}, set_config('plan_cache_mode', 'force_custom_plan', true)`,
  );
  try {
    const [, ...rows] = await Promise.all([
      set.execute(),
      ...queries.map((query) => askPrepared(connection, query, prepare)),
    ]);
    return rows;
  } catch (error) {
    // Its promise is rejected already; what is thrown here would be answered by a ROLLBACK into a closed socket, as told
    // at `withAccount`.
    if (isConnectionLost(error)) return new Promise<never>(() => {});
    throw error;
  }
}

/** A table has changed its shape since the statement was prepared on this connection. */
const isStale = (error: unknown): boolean =>
  (error as { cause?: { routine?: string } }).cause?.routine === "RevalidateCachedQuery";
