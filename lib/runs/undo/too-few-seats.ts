import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { readSeats } from "#lib/seats/lock-seats.ts";

export type TooFewSeats = { reason: "too_few_seats"; adds: number; left: number };

/** An undo that makes people managed again needs a seat for each of them. */
export async function tooFewSeats(tx: Transaction, undo: string): Promise<TooFewSeats | null> {
  const [found] = await tx.execute<{ adds: number }>(sql`
    select count(*)::int as adds from run_changes where run_id = ${undo} and action = 'manage'`);
  const adds = found?.adds ?? 0;
  if (adds === 0) return null;
  const { left } = await readSeats(tx);
  return left === null || left >= adds ? null : { reason: "too_few_seats", adds, left };
}
