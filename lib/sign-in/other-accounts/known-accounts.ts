import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";

/** An account where this address may sign in; `takesLink`: by a link that was mailed to it. */
export type KnownAccount = {
  accountId: string;
  userId: string;
  slug: string;
  name: string;
  takesLink: boolean;
};

export async function knownAccounts(address: string): Promise<KnownAccount[]> {
  const byLink = await accountLess.signInCandidates(address);
  const connected = await accountLess.ssoForDomain(address.slice(address.lastIndexOf("@") + 1));
  const accountIds = new Set([...byLink, ...connected].map((each) => each.account_id));
  const found: KnownAccount[] = [];
  for (const accountId of accountIds) {
    const takesLink = byLink.some((each) => each.account_id === accountId);
    const rows = await withAccount({ accountId }, (tx) =>
      tx.execute<Omit<KnownAccount, "takesLink">>(sql`
        select a.id as "accountId", u.id as "userId", a.slug, a.name from users u join accounts a on a.id = u.account_id
        where u.email_norm = lower(${address}) and u.status in ('active', 'signed_up') and a.suspended_at is null`),
    );
    found.push(...[...rows].map((row) => ({ ...row, takesLink })));
  }
  return found;
}
