import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { Changes } from "./changes-of.ts";

/** Takes people out of the groups that a run had added them to. A group stays, also when nobody is left in it. */
export const leaveGroups = (tx: Transaction, { from }: Changes) =>
  tx.execute(sql`
    delete from group_members m
    using (select c.user_id, unnest(c.leaves) as name from ${from} and c.leaves is not null) left_behind,
      groups g
    where lower(g.name) = lower(left_behind.name) and m.group_id = g.id and m.user_id = left_behind.user_id`);
