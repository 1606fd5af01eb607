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
export const readAccount = <Rows extends Row[]>(
  scope: { accountId: string },
  ...queries: Queries<Rows>
): Promise<Answers<Rows>> => read(scope, perValues, queries);

/**
 * The same for queries that look up each row by its key and are asked again and again: planned once a connection, for any
 * values, and so that no table is read whole, for at that time it may have been empty.
 */
export const readAccountByKey = <Rows extends Row[]>(
  scope: { accountId: string },
  ...queries: Queries<Rows>
): Promise<Answers<Rows>> => read(scope, once, queries);

// Planned for its values each time, as what is not prepared is.
const perValues = "set_config('plan_cache_mode', 'force_custom_plan', true)";
const once =
  "set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)";

async function read<Rows extends Row[]>(
  scope: { accountId: string },
  planned: string,
  queries: Queries<Rows>,
): Promise<Answers<Rows>> {
  const settings = `${accountSetting(scope)}, ${planned}`;
  const attempt = { begun: false };
  const begin = (prepare: boolean) =>
    database()
      .sql.begin("read only", (connection) => {
        attempt.begun = true;
        return ask(connection, settings, queries, prepare);
      })
      .catch((error: unknown) => {
        throw withoutValues(error);
      });
  const rows = await begin(true).catch((error: unknown) => {
    // Of a lost connection postgres.js also tells the first who gets its place afterwards, before anything is asked.
    if (isConnectionLost(error) && !attempt.begun) return begin(true);
    if (isStale(error)) return begin(false);
    throw error;
  });
  return rows as unknown as Answers<Rows>;
}

async function ask(
  connection: postgres.TransactionSql,
  settings: string,
  queries: SQL[],
  prepare: boolean,
): Promise<Row[][]> {
  const set = connection.unsafe(`select ${settings}`);
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
