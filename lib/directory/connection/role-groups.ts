import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { closedGroups } from "#lib/roles/closed-groups.ts";

/**
 * Whether a unit or list gives a role that this person may not give: whoever says which directory fills it, and with whom,
 * would give it all the same.
 */
export async function givesRolesPast(tx: Transaction, { accountId, userId }: UserActor): Promise<boolean> {
  const [closed] = await tx.execute(sql`
    select 1 from groups g where g.account_id = ${accountId} and g.source = 'synced'
      and lower(g.name) in ${closedGroups(accountId, userId)} limit 1`);
  return closed !== undefined;
}
