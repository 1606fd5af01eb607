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
        select m.address, s.expires_at as "expiresAt" from sessions s
        join users u on u.account_id = s.account_id and u.id = s.user_id and u.status in ('active', 'signed_up')
        cross join lateral (
          select lower(e.recipient) as address from sign_in_tokens t
          join emails e on e.account_id = t.account_id and e.key = 'sign_in_link:' || t.id
          where s.method = 'email_link' and t.purpose = 'email_link'
            and t.account_id = s.account_id and t.user_id = s.user_id and t.used_at = s.created_at
          union all
          select lower(p.email) from address_proofs p
          where s.method = 'invitation'
            and p.account_id = s.account_id and p.user_id = s.user_id and p.used_at = s.created_at
          union all
          select i.email_norm from invitations i
          where s.method = 'invitation' and i.state = 'accepted'
            and i.account_id = s.account_id and i.user_id = s.user_id and i.ended_at = s.created_at) m
        where s.id = ${session_id} and s.ended_at is null and s.expires_at > now()
          and m.address = lower(${address})`),
    );
    if (proof) return proof;
  }
  return null;
}
