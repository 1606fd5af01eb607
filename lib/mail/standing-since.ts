import { type SQL, sql } from "drizzle-orm";

/** When the outbox row `alias` came to where it stands. */
export const standingSince = (alias: string): SQL =>
  sql.raw(
    `coalesce(${alias}.complained_at, ${alias}.bounced_at, ${alias}.delivered_at, ${alias}.sent_at, ${alias}.created_at)`,
  );
