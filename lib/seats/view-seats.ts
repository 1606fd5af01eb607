import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { type Seats, type SeatsRow, seatsQuery, toSeats } from "./lock-seats.ts";

/** How many of the account's seats are taken and left. */
export async function viewSeats(actor: Actor): Promise<Seats> {
  authorize(actor, "seats.view");
  const [rows] = await readAccount<[SeatsRow]>(actor, seatsQuery);
  return toSeats(rows);
}
