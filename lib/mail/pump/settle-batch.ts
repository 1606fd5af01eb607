import { setTimeout as sleep } from "node:timers/promises";
import { accountLess } from "#lib/db/account-less.ts";
import type { ClaimedBatch } from "./claim-batch.ts";

/** The outbox state a mail goes to. `waitMs`: until it is due again. */
export type Settlement = {
  id: string;
  state: "queued" | "sending" | "sent" | "in_local_mailbox" | "failed" | "unknown" | "withdrawn";
  providerId?: string | null;
  error?: string | null;
  waitMs?: number;
};

const tries = 7;
const longestError = 500;

/**
 * Writes the outcomes of a batch in one statement, where the lease is still ours; answers how many that were. Tries again
 * over a lost connection, for what was sent must not be forgotten.
 */
export async function settleBatch(batch: ClaimedBatch, settlements: Settlement[]): Promise<number> {
  if (settlements.length === 0) return 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await settle(batch, settlements);
    } catch (error) {
      if (attempt === tries) throw error;
      await sleep(50 * 2 ** attempt);
    }
  }
}

async function settle({ lease, mails }: ClaimedBatch, settlements: Settlement[]): Promise<number> {
  const accounts = new Map(mails.map((mail) => [mail.id, mail.accountId]));
  const [row] = await accountLess.settleEmails(lease, {
    accountIds: settlements.map((it) => accounts.get(it.id) as string),
    ids: settlements.map((it) => it.id),
    states: settlements.map((it) => it.state),
    providerIds: settlements.map((it) => it.providerId ?? null),
    errors: settlements.map((it) => storable(it.error)),
    waitMs: settlements.map((it) => Math.round(it.waitMs ?? 0)),
  });
  return row?.settled ?? 0;
}

// Postgres stores no NUL, and a provider's message may hold anything.
function storable(error: string | null | undefined): string | null {
  return error ? error.toWellFormed().replaceAll("\0", " ").slice(0, longestError) : null;
}
