import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { Role } from "./may-give.ts";

/** `people` hold it directly, `groups` as a whole. */
export type ListedRole = Role & { people: number; groups: number };

/** Owner and Admin first, then the custom ones by name. */
export async function listRoles(actor: UserActor): Promise<ListedRole[]> {
  authorize(actor, "roles.view");
  const rows = await withAccount(actor, (tx) =>
    tx.execute<ListedRole>(sql`
      select r.id, r.kind, r.name, r.description, r.privileges,
        (select count(distinct g.user_id)::int from role_grants g
          where g.account_id = r.account_id and g.role_id = r.id) as people,
        (select count(*)::int from group_role_grants g
          where g.account_id = r.account_id and g.role_id = r.id) as groups
      from roles r order by case r.kind when 'owner' then 0 when 'admin' then 1 else 2 end, lower(r.name)`),
  );
  return [...rows];
}
