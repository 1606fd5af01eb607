import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { Role } from "./may-give.ts";

export type GroupRole = {
  groupId: string;
  groupName: string;
  members: number;
  role: Pick<Role, "id" | "kind" | "name" | "privileges">;
};

/** Which groups hold a role, and names of groups that could: the first 200. */
export async function listGroupRoles(actor: UserActor): Promise<{ held: GroupRole[]; names: string[] }> {
  authorize(actor, "roles.view");
  return withAccount(actor, async (tx) => {
    const held = await tx.execute<GroupRole>(sql`
      select n.id as "groupId", n.name as "groupName",
        (select count(*)::int from group_members m where m.account_id = n.account_id and m.group_id = n.id) as members,
        jsonb_build_object('id', r.id, 'kind', r.kind, 'name', r.name, 'privileges', r.privileges) as role
      from group_role_grants g join groups n on n.account_id = g.account_id and n.id = g.group_id
        join roles r on r.account_id = g.account_id and r.id = g.role_id
      order by lower(n.name), r.name limit 200`);
    const names = await tx.execute<{ name: string }>(
      sql`select name from groups order by lower(name) limit 200`,
    );
    return { held: [...held], names: [...names].map((row) => row.name) };
  });
}
