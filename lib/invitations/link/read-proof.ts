import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { isLinkToken } from "#lib/secrets/link-token.ts";
import { ownSignIn } from "./own-sign-in.ts";

export type NamedProof = {
  id: string;
  accountId: string;
  accountSlug: string;
  accountName: string;
  userId: string;
  userName: string;
  email: string;
  /** Where the account has a sign-in of its own for the address. */
  connectionId: string | null;
  isOpen: boolean;
  isUsed: boolean;
};

/** The question to an address that a link answers, open or over; null for any other link. `keep` as of an invitation. */
export async function readProof(
  tx: Transaction,
  tokenKey: string,
  token: string,
  id: string,
  keep = false,
): Promise<NamedProof | null> {
  const [row] = await tx.execute<NamedProof>(sql`
    select p.id, p.account_id as "accountId", a.slug as "accountSlug", a.name as "accountName", u.id as "userId", p.email,
      coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), p.email) as "userName",
      ${ownSignIn} as "connectionId",
      p.used_at is null and p.expires_at > now() and u.status = 'signed_up'
        and u.email_norm = lower(p.email collate "C") as "isOpen",
      p.used_at is not null and u.status = 'active' as "isUsed"
    from address_proofs p
    join accounts a on a.id = p.account_id
    join users u on u.account_id = p.account_id and u.id = p.user_id
    where p.id = ${id} and a.suspended_at is null ${keep ? sql`for share of a` : sql``}`);
  return row && isLinkToken(tokenKey, "verify", token) ? row : null;
}
