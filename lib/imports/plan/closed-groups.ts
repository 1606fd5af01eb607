import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";

/**
 * Names of the groups that give a role which whoever asked for the run may not give: a file must not be a way to a role
 * past the ceiling on granting.
 */
export const closedGroups = (run: WorkedRun): SQL => sql`(
  select lower(g.name) from group_role_grants given
  join groups g on g.account_id = given.account_id and g.id = given.group_id
  join roles k on k.account_id = given.account_id and k.id = given.role_id
  where given.account_id = ${run.accountId} and (
    (k.kind = 'owner' and not exists (
      select from role_holders h join roles o on o.account_id = h.account_id and o.id = h.role_id
      where h.account_id = ${run.accountId} and h.user_id = ${run.requestedBy}::uuid and o.kind = 'owner'))
    or exists (
      select from unnest(k.privileges) privilege where privilege not in (
        select unnest(o.privileges) from role_holders h join roles o on o.account_id = h.account_id and o.id = h.role_id
        where h.account_id = ${run.accountId} and h.user_id = ${run.requestedBy}::uuid))))`;
