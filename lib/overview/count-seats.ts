import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Matching, matchingCap, matchingOf } from "#lib/db/keyset.ts";
import { readAccount } from "#lib/db/read-account.ts";

/** `limit` null: as many as there are people. */
export type SeatsTaken = { taken: Matching; limit: number | null };

/** How many people are managed, told exactly up to the cap of lists, and how many may be. */
export async function countSeats(actor: Actor): Promise<SeatsTaken> {
  authorize(actor, "seats.view");
  const [[row]] = await readAccount<[{ taken: string; limit: number | null }]>(
    actor,
    sql`
      select a.seat_limit as "limit", (select count(*) from (
        select from users u where u.account_id = a.id and u.managed limit ${matchingCap + 1}) capped) as taken
      from accounts a where a.id = ${actor.accountId}`,
  );
  return { taken: matchingOf(Number(row?.taken ?? 0)), limit: row?.limit ?? null };
}
