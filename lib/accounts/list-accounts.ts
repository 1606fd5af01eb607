import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";

export type ListedAccount = {
  id: string;
  slug: string;
  name: string;
  domains: string[];
  suspended: boolean;
  owners: number;
  seatLimit: number | null;
  billing: string;
};

/** For the operator: every account of the deployment, by slug. Counts no people, who may be millions. */
export async function listAccounts(): Promise<ListedAccount[]> {
  const found: ListedAccount[] = [];
  for (const { account_id: accountId } of await accountLess.accounts()) {
    const rows = await withAccount({ accountId }, (tx) =>
      tx.execute<ListedAccount>(sql`
        select id, slug, name, suspended_at is not null as suspended, seat_limit as "seatLimit",
          array(select domain from account_domains where verified_at is not null order by domain) as domains,
          (select count(distinct h.user_id)::int from role_holders h join roles r on r.id = h.role_id
            where r.kind = 'owner') as owners,
          billing_period || ' from ' || billing_from as billing
        from accounts where id = ${accountId}`),
    );
    found.push(...rows);
  }
  return found.toSorted((one, other) => (one.slug < other.slug ? -1 : 1));
}
