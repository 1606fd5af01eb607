import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { findActor } from "./find-actor.ts";
import { knownAccounts } from "./other-accounts/known-accounts.ts";
import { provenAddress } from "./other-accounts/proven-address.ts";

/** `open`: one press leads there; else its sign-in stands between. */
export type OtherAccount = { slug: string; name: string; open: boolean };

/**
 * Accounts besides this one that the browser has a session in, or that know the person's address; the latter only where
 * a mailed link has proved the address, for their names are nobody else's business.
 */
export async function listOtherAccounts(actor: UserActor, sessionIds: string[]): Promise<OtherAccount[]> {
  authorize(actor, "accounts.switch");
  const found = new Map<string, OtherAccount>();
  if (await provenAddress(sessionIds, actor.userEmail))
    for (const { slug, name, takesLink } of await knownAccounts(actor.userEmail))
      found.set(slug, { slug, name, open: takesLink });
  for (const other of await livingSessions(actor, sessionIds))
    found.set(other.accountSlug, { slug: other.accountSlug, name: other.accountName, open: true });
  found.delete(actor.accountSlug);
  return [...found.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Of the same address, in other accounts. */
async function livingSessions(actor: UserActor, sessionIds: string[]): Promise<UserActor[]> {
  const others = await Promise.all(sessionIds.map((id) => findActor(id)));
  return others.filter(
    (other) =>
      other !== null &&
      other.accountId !== actor.accountId &&
      other.userEmail.toLowerCase() === actor.userEmail.toLowerCase(),
  ) as UserActor[];
}
