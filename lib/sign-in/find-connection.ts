import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";

export type RoleRule = { group: string; roleId: string; roleName: string };
/** The account's connection as its admins see it: of the secret only that there is one. */
export type ConnectionView = {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  hasSecret: boolean;
  enabled: boolean;
  tested: boolean;
  groupsClaim: string;
  rolesMode: "add" | "replace";
  trustsAddresses: boolean;
  setByOwner: boolean;
  /** Another one when it has been changed since. */
  savedAt: string;
  rules: RoleRule[];
  /** The verified domains that it speaks for. */
  domains: string[];
};

/** The account's connection, or null. */
export async function findConnection(actor: UserActor): Promise<ConnectionView | null> {
  authorize(actor, "sign_in.view");
  return withAccount(actor, async (tx) => {
    const [row] = await tx.execute<ConnectionView>(sql`
      select id, name, issuer, client_id as "clientId", sealed_secret is not null as "hasSecret", enabled,
        tested_at is not null as tested, groups_claim as "groupsClaim", roles_mode as "rolesMode",
        trusts_addresses as "trustsAddresses", set_by_owner as "setByOwner",
        updated_at::text as "savedAt",
        array(select domain from account_domains where verified_at is not null order by domain) as domains
      from sso_connections`);
    if (!row) return null;
    const rules = await tx.execute<RoleRule>(sql`
      select x.claimed_group as group, x.role_id as "roleId", r.name as "roleName"
      from sso_role_rules x join roles r on r.account_id = x.account_id and r.id = x.role_id
      where x.connection_id = ${row.id} order by lower(x.claimed_group), lower(r.name)`);
    return { ...row, rules: [...rules] };
  });
}
