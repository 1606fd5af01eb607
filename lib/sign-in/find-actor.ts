import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Privilege } from "#lib/authorization/permissions.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { withAccount } from "#lib/db/with-account.ts";

type Row = {
  account_id: string;
  slug: string;
  account_name: string;
  user_id: string;
  email: string;
  name: string;
  privileges: string[];
  is_admin: boolean;
  is_owner: boolean;
  is_stale: boolean;
};

/**
 * Who asks, afresh at every request, by the sessions that the browser holds, one an account, the latest first: null when
 * none of them lives, the person or the account is suspended, or none is of the account `slug`.
 */
export async function findActor(sessions: string | string[], slug?: string): Promise<UserActor | null> {
  const asked = [sessions].flat().filter((id) => isUuid.test(id));
  if (asked.length === 0) return null;
  const living = await accountLess.sessionAccounts(asked);
  const inOrder = asked.flatMap((id) => living.filter((session) => session.session_id === id));
  for (const { session_id, account_id } of await only(slug, inOrder)) {
    const actor = await actorOf(session_id, account_id);
    if (actor && (slug === undefined || actor.accountSlug === slug)) return actor;
  }
  return null;
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Living = { session_id: string; account_id: string };

async function only(slug: string | undefined, sessions: Living[]): Promise<Living[]> {
  if (slug === undefined || sessions.length < 2) return sessions;
  const [account] = await accountLess.accountBySlug(slug);
  return sessions.filter((session) => session.account_id === account?.account_id);
}

async function actorOf(sessionId: string, accountId: string): Promise<UserActor | null> {
  const [[row]] = await readAccount<[Row]>(
    { accountId },
    sql`
      select a.id as account_id, a.slug, a.name as account_name, u.id as user_id, u.email,
        coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as name,
        array(select distinct unnest(r.privileges) from role_holders h join roles r on r.id = h.role_id
          where h.user_id = u.id) as privileges,
        exists (select from role_holders h where h.user_id = u.id) as is_admin,
        exists (select from role_holders h join roles r on r.id = h.role_id
          where h.user_id = u.id and r.kind = 'owner') as is_owner,
        s.last_seen_at < now() - interval '5 minutes' as is_stale
      from sessions s join users u on u.id = s.user_id join accounts a on a.id = s.account_id
      where s.id = ${sessionId} and s.ended_at is null and s.expires_at > now()
        and u.status in ('active', 'signed_up') and a.suspended_at is null`,
  );
  if (row?.is_stale)
    await withAccount({ accountId }, (tx) =>
      tx.execute(sql`update sessions set last_seen_at = now() where id = ${sessionId}`),
    );
  return row ? toActor(row, sessionId) : null;
}

const toActor = (row: Row, sessionId: string): UserActor => ({
  kind: "user",
  accountId: row.account_id,
  accountSlug: row.slug,
  accountName: row.account_name,
  userId: row.user_id,
  userName: row.name,
  userEmail: row.email,
  sessionId,
  privileges: new Set(row.privileges as Privilege[]),
  isAdmin: row.is_admin,
  isOwner: row.is_owner,
});
