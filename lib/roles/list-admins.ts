import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Page, pageOf } from "#lib/db/keyset.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { Role } from "./may-give.ts";

/** By hand, by the groups that the identity provider names, or through `group`. */
export type HeldRole = Pick<Role, "id" | "kind" | "name" | "privileges"> & {
  via: "manual" | "sso" | "group";
  group: string | null;
};
export type Admin = { userId: string; name: string; email: string | null; status: string; roles: HeldRole[] };
type Cursor = { after?: string | undefined; before?: string | undefined };

const pageSize = 50;

/** Who holds any role, owners first, 50 a page; cursors are "rank.user id". */
export async function listAdmins(actor: UserActor, cursor: Cursor = {}): Promise<Page<Admin>> {
  authorize(actor, "roles.view");
  const backwards = cursor.before !== undefined;
  const [rank, id] = (cursor.before ?? cursor.after ?? "").split(".");
  const beyond = id
    ? sql`(held.rank, u.id) ${backwards ? sql`<` : sql`>`} (${Number(rank)}, ${id}::uuid)`
    : sql`true`;
  const rows = await withAccount(actor, (tx) =>
    tx.execute<Admin & { rank: number }>(sql`
      with held as (
        select h.account_id, h.user_id, min(case r.kind when 'owner' then 0 when 'admin' then 1 else 2 end) as rank
        from role_holders h join roles r on r.account_id = h.account_id and r.id = h.role_id group by 1, 2)
      select u.id as "userId", u.email, u.status, held.rank, ${rolesOf} as roles,
        coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email, '—') as name
      from held join users u on u.account_id = held.account_id and u.id = held.user_id
      where ${beyond} order by held.rank ${direction(backwards)}, u.id ${direction(backwards)} limit ${pageSize + 1}`),
  );
  return pageOf([...rows], pageSize, cursor, (row) => `${row.rank}.${row.userId}`);
}

const direction = (backwards: boolean) => (backwards ? sql`desc` : sql`asc`);

const rolesOf = sql.raw(`(
  select jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'name', r.name, 'privileges', r.privileges,
    'via', w.via, 'group', w.group_name) order by r.name, w.via, w.group_name)
  from (
    select g.role_id, g.source as via, null as group_name from role_grants g
      where g.account_id = u.account_id and g.user_id = u.id
    union all
    select g.role_id, 'group', n.name from group_members m
      join group_role_grants g on g.account_id = m.account_id and g.group_id = m.group_id
      join groups n on n.account_id = m.account_id and n.id = m.group_id
      where m.account_id = u.account_id and m.user_id = u.id) w
  join roles r on r.account_id = u.account_id and r.id = w.role_id)`);
