import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { isLinkToken, linkTokenId } from "#lib/secrets/link-token.ts";

export type LiveToken = { id: string; accountId: string; accountName: string; email: string };

/** What a sign-in link stands for, or null when it is wrong, used or over. Changes nothing: mail scanners open links. */
export async function findSignInToken(tokenKey: string, token: string): Promise<LiveToken | null> {
  if (!isLinkToken(tokenKey, "sign-in", token)) return null;
  const id = linkTokenId(token) as string;
  const [known] = await accountLess.signInTokenAccount(id);
  if (!known) return null;
  const accountId = known.account_id;
  const [row] = await withAccount({ accountId }, (tx) =>
    tx.execute<{ name: string; email: string }>(sql`
      select a.name, u.email from sign_in_tokens t
      join users u on u.id = t.user_id join accounts a on a.id = t.account_id
      where t.id = ${id} and t.used_at is null and t.expires_at > now()
        and u.status in ('active', 'signed_up') and a.suspended_at is null`),
  );
  return row ? { id, accountId, accountName: row.name, email: row.email } : null;
}
