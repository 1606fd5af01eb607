import { type SQL, sql } from "drizzle-orm";

/**
 * Names in lower case of the groups that give a role which this person may not give: a run that they asked for must not
 * be a way to a role past the ceiling on granting.
 */
export const closedGroups = (accountId: string, userId: string | null): SQL => sql`(
  select lower(g.name) from group_role_grants given
  join groups g on g.account_id = given.account_id and g.id = given.group_id
  join roles k on k.account_id = given.account_id and k.id = given.role_id
  where given.account_id = ${accountId} and (
    (k.kind = 'owner' and not exists (
      select from role_holders h join roles o on o.account_id = h.account_id and o.id = h.role_id
      where h.account_id = ${accountId} and h.user_id = ${userId}::uuid and o.kind = 'owner'))
    or exists (
      select from unnest(k.privileges) privilege where privilege not in (
        select unnest(o.privileges) from role_holders h join roles o on o.account_id = h.account_id and o.id = h.role_id
        where h.account_id = ${accountId} and h.user_id = ${userId}::uuid))))`;
