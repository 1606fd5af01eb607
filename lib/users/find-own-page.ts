import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { selectUser, toUserView, type UserRow } from "./person/read-user.ts";
import { sessionsOf } from "./person/sessions-of.ts";
import type { SessionView } from "./session-view.ts";
import type { UserView } from "./user-view.ts";

export type OwnPage = {
  user: UserView;
  sessions: SessionView[];
  /** Where the account's people begin: an http or https address, or null. */
  startHereUrl: string | null;
};

/** What everybody sees of themselves, with a role or without: their fields, groups and the sessions that last. */
export async function findOwnPage(actor: UserActor): Promise<OwnPage> {
  authorize(actor, "own_page.view");
  return withAccount(actor, async (tx) => {
    const [row] = await tx.execute<UserRow>(selectUser(actor, actor.userId));
    const [account] = await tx.execute<{ url: string | null }>(sql`
      select start_here_url as url from accounts where id = ${actor.accountId}`);
    const url = account?.url ?? null;
    return {
      user: toUserView(row as UserRow, actor),
      sessions: await sessionsOf(tx, actor.userId, true),
      startHereUrl: url && /^https?:\/\//i.test(url) ? url : null,
    };
  });
}
