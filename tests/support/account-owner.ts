import type { UserActor } from "#lib/authorization/actor.ts";
import { builtInRoles } from "#lib/authorization/permissions.ts";
import type { TestAccount } from "./make-account.ts";

/** The account's owner as an actor, without a session. */
export const ownerOf = (account: TestAccount): UserActor => ({
  kind: "user",
  accountId: account.id,
  accountSlug: account.slug,
  accountName: account.name,
  userId: account.owner.id,
  userName: "Ada Owner",
  userEmail: account.owner.email,
  sessionId: account.owner.id,
  privileges: new Set(builtInRoles.owner),
  isAdmin: true,
  isOwner: true,
});
