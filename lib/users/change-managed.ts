import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { isId } from "#lib/db/is-id.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { readSeats, type Seats } from "#lib/seats/lock-seats.ts";
import { setManaged } from "#lib/seats/set-managed.ts";

type Changed =
  | { ok: true; seats: Seats }
  | { ok: false; reason: "not_found" | "gone" | "not_active" | "already" | "no_seat" };

/** Makes one person managed, which takes a seat, or unmanaged, which leaves it. */
export async function changeManaged(actor: UserActor, userId: string, managed: boolean): Promise<Changed> {
  authorize(actor, "seats.take");
  if (!isId(userId)) return { ok: false, reason: "not_found" };
  return withAccount(actor, async (tx): Promise<Changed> => {
    const { refused } = await setManaged(tx, actor, [userId], managed);
    const [first] = refused;
    return first ? { ok: false, reason: first.reason } : { ok: true, seats: await readSeats(tx) };
  });
}
