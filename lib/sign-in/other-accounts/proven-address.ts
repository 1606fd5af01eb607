import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";

export type Proof = { address: string; expiresAt: string };

/**
 * The address that one of these sessions has proved: the one that its link was mailed to, which may be another than the
 * person has now. A session and the use of its link are written in one transaction, at one instant.
 */
export async function provenAddress(sessionIds: string[], address: string): Promise<Proof | null> {
  for (const { session_id, account_id } of await accountLess.sessionAccounts(sessionIds)) {
    const [proof] = await withAccount({ accountId: account_id }, (tx) =>
      tx.execute<Proof>(sql`
        select lower(e.recipient) as address, s.expires_at as "expiresAt" from sessions s
        join users u on u.account_id = s.account_id and u.id = s.user_id and u.status in ('active', 'signed_up')
        join sign_in_tokens t on t.account_id = s.account_id and t.user_id = s.user_id
          and t.used_at = s.created_at and t.purpose = 'email_link'
        join emails e on e.account_id = t.account_id and e.key = 'sign_in_link:' || t.id
        where s.id = ${session_id} and s.method = 'email_link' and s.ended_at is null and s.expires_at > now()
          and lower(e.recipient) = lower(${address})`),
    );
    if (proof) return proof;
  }
  return null;
}
