import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

/** `limit` and `left` are null where the operator has set no limit. */
export type Seats = { taken: number; limit: number | null; left: number | null };

/**
 * The account's seats, for somebody who is about to take some: nobody else takes one before this transaction ends.
 * Weaker than `for update`, which would also stop whoever writes a row that refers to the account.
 */
export async function lockSeats(tx: Transaction): Promise<Seats> {
  await tx.execute(sql`select from accounts for no key update`);
  // A statement of its own: only what begins after the lock sees what the one before has taken.
  return readSeats(tx);
}

export async function readSeats(tx: Transaction): Promise<Seats> {
  const [seats] = await tx.execute<{ taken: number; limit: number | null }>(sql`
    select a.seat_limit as "limit", (select count(*)::int from users where managed) as taken from accounts a`);
  if (!seats) throw new Error("no account is set");
  const { taken, limit } = seats;
  return { taken, limit, left: limit === null ? null : Math.max(0, limit - taken) };
}
