import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { Changes } from "./changes-of.ts";

/** Adds people to the groups that their lines name; a group that is not there yet is made. */
export async function joinGroups(tx: Transaction, { lease, from }: Changes): Promise<void> {
  await tx.execute(sql`
    insert into groups (account_id, name)
    select distinct on (lower(name)) ${lease.accountId}::uuid, name
    from (select unnest(c.groups) as name from ${from} and c.groups is not null) wanted
    order by lower(name), name on conflict do nothing`);
  await tx.execute(sql`
    insert into group_members (account_id, group_id, user_id)
    select ${lease.accountId}::uuid, g.id, wanted.user_id
    from (select c.user_id, unnest(c.groups) as name from ${from} and c.groups is not null) wanted
    join groups g on lower(g.name) = lower(wanted.name)
    on conflict do nothing`);
}
