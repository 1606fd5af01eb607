import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { InvitationRow } from "./lock-invitation.ts";

/**
 * Whether a mail of the present generation is with the provider right now; if not, none goes there before `tx` ends. Its
 * answer may get lost, and then its batch must be repeated as it was: the mail must not change or drop out meanwhile.
 */
export async function isBeingSent(
  tx: Transaction,
  { id, generation }: Pick<InvitationRow, "id" | "generation">,
): Promise<boolean> {
  const keys = ["invitation", "reminder"].map((kind) => `${kind}:${id}:${generation}`);
  const mails = await tx.execute<{ state: string }>(sql`
    select state from emails where key = any (${sql.param(keys)}::text[]) and state in ('queued', 'sending') for update`);
  return mails.some(({ state }) => state === "sending");
}
