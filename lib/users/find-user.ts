import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { isId } from "#lib/db/is-id.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { readSeats, type Seats } from "#lib/seats/lock-seats.ts";
import { selectUser, toUserView, type UserRow } from "./person/read-user.ts";
import type { UserView } from "./user-view.ts";

export type FoundUser = UserView & { seats: Seats };

/** One person of the account, and the account's seats; null where there is none of this id. */
export async function findUser(actor: UserActor, id: string): Promise<FoundUser | null> {
  authorize(actor, "users.view");
  if (!isId(id)) return null;
  return withAccount(actor, async (tx) => {
    const [row] = await tx.execute<UserRow>(selectUser(actor, id));
    return row ? { ...toUserView(row, actor), seats: await readSeats(tx) } : null;
  });
}
