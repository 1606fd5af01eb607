import { sql } from "drizzle-orm";

/**
 * The connection that signs in whoever has the address of `u`, or null: where the account has one, no link does it in its
 * stead. Owners always may come by a link.
 */
export const ownSignIn = sql`(
  select c.id from sso_connections c
  join account_domains d on d.account_id = c.account_id and d.verified_at is not null
  where c.account_id = u.account_id and c.enabled and d.domain = split_part(u.email_norm, '@', 2)
    and not exists (select from role_holders h join roles r on r.account_id = h.account_id and r.id = h.role_id
      where h.account_id = u.account_id and h.user_id = u.id and r.kind = 'owner'))`;
