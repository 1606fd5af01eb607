import { type SQL, sql } from "drizzle-orm";
import { closedGroups } from "#lib/roles/closed-groups.ts";
import type { Lease, RunRow } from "../lease.ts";

/**
 * Of a change `c`: whether it would take the person into a group that by now gives a role past the ceiling of whoever
 * asked for the run, or out of one that by now gives any. The plan was made before.
 */
export const movesRoles = ({ accountId }: Lease, { requested_by }: RunRow): SQL => sql`(
  (c.groups is not null and exists (
    select from unnest(c.groups) name where lower(name) in ${closedGroups(accountId, requested_by)}))
  or (c.leaves is not null and exists (
    select from unnest(c.leaves) name where lower(name) in (
      select lower(g.name) from group_role_grants given
      join groups g on g.account_id = given.account_id and g.id = given.group_id
      where given.account_id = ${accountId}))))`;
