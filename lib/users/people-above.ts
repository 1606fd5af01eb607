import { type SQL, sql } from "drizzle-orm";

/** Ids of those who may do something that none of the roles of `who` allows; asked once a statement. */
export const peopleAbove = (who: string | null): SQL => sql`(
  select g.user_id from role_holders g join roles k on k.account_id = g.account_id and k.id = g.role_id
  where not k.privileges <@ array(select unnest(r.privileges) from role_holders h
    join roles r on r.account_id = h.account_id and r.id = h.role_id where h.user_id = ${who}::uuid))`;
