import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Privilege } from "#lib/authorization/permissions.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";

type Row = {
  account_id: string;
  slug: string;
  account_name: string;
  user_id: string;
  email: string;
  name: string;
  privileges: string[];
  is_owner: boolean;
};

/**
 * Who asks, afresh at every request: null when the session ended, the person is suspended or has no role,
 * the account is suspended, or `slug` names another account.
 */
export async function findActor(sessionId: string, slug?: string): Promise<UserActor | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(sessionId)) return null;
  const [known] = await accountLess.sessionAccount(sessionId);
  if (!known) return null;
  const [row] = await withAccount({ accountId: known.account_id }, (tx) =>
    tx.execute<Row>(sql`
      select a.id as account_id, a.slug, a.name as account_name, u.id as user_id, u.email,
        coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as name,
        array(select distinct unnest(r.privileges) from role_grants g join roles r on r.id = g.role_id
          where g.user_id = u.id) as privileges,
        exists (select from role_grants g join roles r on r.id = g.role_id
          where g.user_id = u.id and r.kind = 'owner') as is_owner
      from sessions s join users u on u.id = s.user_id join accounts a on a.id = s.account_id
      where s.id = ${sessionId} and s.ended_at is null and s.expires_at > now()
        and u.status in ('active', 'signed_up') and a.suspended_at is null
        and exists (select from role_grants g where g.user_id = u.id)`),
  );
  if (!row || (slug !== undefined && row.slug !== slug)) return null;
  return {
    kind: "user",
    accountId: row.account_id,
    accountSlug: row.slug,
    accountName: row.account_name,
    userId: row.user_id,
    userName: row.name,
    userEmail: row.email,
    sessionId,
    privileges: new Set(row.privileges as Privilege[]),
    isOwner: row.is_owner,
  };
}
