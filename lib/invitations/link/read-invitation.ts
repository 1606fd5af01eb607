import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { isLinkToken } from "#lib/secrets/link-token.ts";
import { ownSignIn } from "./own-sign-in.ts";

/** `copy`: handed on by somebody, so that it proves nothing about the address. */
export type Channel = "mail" | "copy";

export type NamedInvitation = {
  id: string;
  channel: Channel;
  /** Of the mailed link; a copied one has none. */
  generation: number;
  accountId: string;
  accountSlug: string;
  accountName: string;
  userId: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  language: string;
  /** Null where no person did, or nobody knows any more who. */
  inviterName: string | null;
  /** Where the account has a sign-in of its own for the address. */
  connectionId: string | null;
  isOpen: boolean;
  /** It was accepted, and the person is still there. */
  isAccepted: boolean;
};

type Row = Omit<NamedInvitation, "channel">;

/**
 * The invitation that a link of the current generation names, open or over; null for any other link. `keep`: the account
 * is not suspended before `tx` ends, nor was it when this answers.
 */
export async function readInvitation(
  tx: Transaction,
  tokenKey: string,
  token: string,
  id: string,
  keep = false,
): Promise<NamedInvitation | null> {
  const [row] = await tx.execute<Row>(sql`
    select i.id, i.generation, i.account_id as "accountId", a.slug as "accountSlug", a.name as "accountName",
      u.id as "userId", i.email, u.first_name as "firstName", u.last_name as "lastName", i.language,
      coalesce(nullif(concat_ws(' ', inviter.first_name, inviter.last_name), ''), inviter.email) as "inviterName",
      ${ownSignIn} as "connectionId",
      i.state = 'open' and i.expires_at > now() and u.status = 'invited' and u.email_norm = i.email_norm as "isOpen",
      i.state = 'accepted' and u.status in ('signed_up', 'active') as "isAccepted"
    from invitations i
    join accounts a on a.id = i.account_id
    join users u on u.account_id = i.account_id and u.id = i.user_id
    left join users inviter on inviter.account_id = i.account_id and inviter.id = i.invited_by
    where i.id = ${id} and a.suspended_at is null ${keep ? sql`for share of a` : sql``}`);
  const channel = row && channelOf(tokenKey, token, row.generation);
  return channel ? { ...row, channel } : null;
}

function channelOf(tokenKey: string, token: string, generation: number): Channel | null {
  if (isLinkToken(tokenKey, "join", token, `mail:${generation}`)) return "mail";
  return isLinkToken(tokenKey, "join", token, "copy") ? "copy" : null;
}
