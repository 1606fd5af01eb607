import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { knowArrays } from "./array-types.ts";
import { giveOwnSockets } from "./open-socket.ts";

export type Database = {
  sql: postgres.Sql;
  orm: PostgresJsDatabase;
  end(): Promise<void>;
};

type Options = { max?: number; applicationName?: string; statementTimeoutMs?: number };

/** A pool on one Postgres role. A statement over its time-out (default 60 s) fails with code 57014. */
export function connect(url: string, options: Options = {}): Database {
  const sql = postgres(url, {
    max: options.max ?? 10,
    connection: {
      application_name: options.applicationName ?? "rollcall",
      statement_timeout: options.statementTimeoutMs ?? 60_000,
      // A paused process must not hold a run's row for longer than its lease; in mid-statement: watch-stalled.ts.
      idle_in_transaction_session_timeout: 6_000,
    } as Record<string, string | number>,
    connect_timeout: 10,
    fetch_types: false,
    backoff: (attempt) => Math.min(0.1 * 2 ** attempt, 2),
    onnotice: () => {},
  });
  knowArrays(sql);
  giveOwnSockets(sql);
  return { sql, orm: drizzle(sql, { casing: "snake_case" }), end: () => sql.end({ timeout: 5 }) };
}
