import type { Transaction } from "#lib/db/with-account.ts";
import { withAccountAnew } from "#lib/db/with-account-anew.ts";
import { linkTokenId } from "#lib/secrets/link-token.ts";

const nothing = "00000000-0000-0000-0000-000000000000";

type Gate = (id: string) => Promise<{ account_id: string }[]>;

/**
 * Asks about the row that a link names, as its account. A link that names nothing asks the same of nobody, so that it
 * takes as long as one that is over.
 */
export async function askAccount<T>(
  token: string,
  gate: Gate,
  ask: (tx: Transaction, id: string) => Promise<T>,
): Promise<T> {
  const id = linkTokenId(token) ?? nothing;
  const [known] = await gate(id);
  return withAccountAnew({ accountId: known?.account_id ?? nothing }, (tx) => ask(tx, id));
}
