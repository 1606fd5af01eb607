import { sql } from "drizzle-orm";
import { lockAccount } from "#lib/db/lock-account.ts";
import type { Transaction } from "#lib/db/with-account.ts";

export type Connection = {
  accountId: string;
  id: string;
  issuer: string;
  groupsClaim: string;
  rolesMode: "add" | "replace";
  trustsAddresses: boolean;
  setByOwner: boolean;
};

/**
 * Null when it is switched off. Locks the account, as everybody does who changes its roles, and before any person: of
 * two sign-ins at once one binds, and the last admin cannot be lost between them.
 */
export async function connectionInUse(
  tx: Transaction,
  accountId: string,
  connectionId: string,
): Promise<Connection | null> {
  await lockAccount(tx, accountId);
  const [row] = await tx.execute<Connection>(sql`
    select account_id as "accountId", id, issuer, groups_claim as "groupsClaim", roles_mode as "rolesMode",
      trusts_addresses as "trustsAddresses", set_by_owner as "setByOwner"
    from sso_connections where id = ${connectionId} and enabled`);
  return row ?? null;
}
