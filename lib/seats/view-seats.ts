import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { readSeats, type Seats } from "./lock-seats.ts";

/** How many of the account's seats are taken and left. */
export async function viewSeats(actor: Actor): Promise<Seats> {
  authorize(actor, "seats.view");
  return withAccount(actor, readSeats);
}
