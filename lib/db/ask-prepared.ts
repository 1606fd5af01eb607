import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type postgres from "postgres";

const dialect = new PgDialect({ casing: "snake_case" });

/**
 * Asks by a prepared statement: one exchange with the database instead of two, as postgres.js otherwise first asks what
 * the parameters are. Fails as drizzle does, with the query and its values.
 */
export function askPrepared<Row extends Record<string, unknown>>(
  connection: Pick<postgres.Sql, "unsafe">,
  query: SQL,
  prepare = true,
): Promise<Row[]> {
  const { sql, params } = dialect.sqlToQuery(query);
  return connection
    .unsafe<Row[]>(sql, params as postgres.ParameterOrJSON<never>[], { prepare })
    .catch((cause: unknown) => {
      throw Object.assign(new Error(`Failed query: ${sql}`, { cause }), { query: sql, params });
    });
}
