import { type SQL, sql } from "drizzle-orm";

/** Ids of those whom no run removes: owners; and every admin where no owner is left who could let them in again. */
export const protectedPeople: SQL = sql.raw(`(
  select g.user_id from role_holders g join roles k on k.account_id = g.account_id and k.id = g.role_id
  where k.kind = 'owner' or not exists (
    select from role_holders h join roles l on l.account_id = h.account_id and l.id = h.role_id
      join users o on o.account_id = h.account_id and o.id = h.user_id
    where h.account_id = g.account_id and l.kind = 'owner' and o.status in ('active', 'signed_up')))`);
