import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { isId } from "./person/is-id.ts";
import { selectUser, toUserView, type UserRow } from "./person/read-user.ts";
import type { UserView } from "./user-view.ts";

/** One person of the account; null where there is none of this id. */
export async function findUser(actor: UserActor, id: string): Promise<UserView | null> {
  authorize(actor, "users.view");
  if (!isId(id)) return null;
  const [row] = await withAccount(actor, (tx) => tx.execute<UserRow>(selectUser(actor, id)));
  return row ? toUserView(row, actor) : null;
}
