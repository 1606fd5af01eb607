import { accountLess } from "#lib/db/account-less.ts";

/** The id of the account with this slug, or null. */
export async function findAccountId(slug: string): Promise<string | null> {
  const [row] = await accountLess.accountBySlug(slug);
  return row?.account_id ?? null;
}
