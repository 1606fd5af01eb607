import { sql } from "drizzle-orm";
import { matchingCap } from "#lib/db/keyset.ts";
import type { Transaction } from "#lib/db/with-account.ts";

/** `limit` and `left` are null where the operator has set no limit; `capped`: more are taken than `taken` says. */
export type Seats = { taken: number; capped: boolean; limit: number | null; left: number | null };

/**
 * How many seats are left (null: no limit), for somebody who is about to take some: nobody else takes one before this
 * transaction ends. Weaker than `for update`, which would also stop whoever writes a row that refers to the account.
 */
export async function lockSeats(tx: Transaction): Promise<Pick<Seats, "left">> {
  const [account] = await tx.execute<{ limit: number | null }>(
    sql`select seat_limit as "limit" from accounts for no key update`,
  );
  // A statement of its own: only what begins after the lock sees what the one before has taken.
  return account?.limit == null ? { left: null } : readSeats(tx);
}

export const readSeats = async (tx: Transaction): Promise<Seats> =>
  toSeats([...(await tx.execute<SeatsRow>(seatsQuery))]);

export type SeatsRow = { taken: number; limit: number | null };

export const seatsQuery = sql`
    select a.seat_limit as "limit", (select count(*)::int from (
      select from users where managed limit greatest(a.seat_limit, ${matchingCap}) + 1) counted) as taken from accounts a`;

export function toSeats([seats]: SeatsRow[]): Seats {
  if (!seats) throw new Error("no account is set");
  const { taken, limit } = seats;
  const most = Math.max(limit ?? 0, matchingCap);
  return {
    taken: Math.min(taken, most),
    capped: taken > most,
    limit,
    left: limit === null ? null : Math.max(0, limit - taken),
  };
}
