import { RateLimiterPostgres } from "rate-limiter-flexible";
import { database } from "#lib/db/database.ts";

type Query = { text: string; values: (string | number)[] };

/** What the limiter asks of a client: node-postgres's `query`, on the process's one pool. */
const client = {
  async query({ text, values }: Query) {
    const rows = await database().sql.unsafe(text, values);
    return { rows: [...rows], rowCount: rows.count };
  },
};

/** Counts attempts a key in the table `rate_limits`, for all web processes together. */
export const limiter = (keyPrefix: string, points: number, seconds: number): RateLimiterPostgres =>
  new RateLimiterPostgres({
    storeClient: client,
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    // The worker's sweep does it.
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration: seconds,
  });
