import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { Role } from "../may-give.ts";

/** The grant that is about to go: by hand to a person, or to a group. */
type Grant = { userId: string } | { groupId: string };

/** Whether without this grant nobody who can sign in would own the account any more. */
export async function isLastOwners(tx: Transaction, role: Role, grant: Grant): Promise<boolean> {
  if (role.kind !== "owner") return false;
  const userId = "userId" in grant ? grant.userId : null;
  const groupId = "groupId" in grant ? grant.groupId : null;
  const [owner] = await tx.execute(sql`
    select 1 from users u where u.status in ('active', 'signed_up') and (
      exists (select from role_grants g where g.account_id = u.account_id and g.user_id = u.id
        and g.role_id = ${role.id} and not (g.source = 'manual' and g.user_id is not distinct from ${userId}::uuid))
      or exists (select from group_role_grants g
        join group_members m on m.account_id = g.account_id and m.group_id = g.group_id
        where m.account_id = u.account_id and m.user_id = u.id and g.role_id = ${role.id}
          and g.group_id is distinct from ${groupId}::uuid))
    limit 1`);
  return owner === undefined;
}
