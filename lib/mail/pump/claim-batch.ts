import { randomUUID } from "node:crypto";
import { accountLess } from "#lib/db/account-less.ts";
import type { Transport } from "../transport/transport.ts";

export type ClaimedBatch = {
  lease: string;
  /** The idempotency key: it stays the same when the batch is repeated. */
  batchId: string;
  /** An earlier holder's lease ran out: its mails were perhaps sent. */
  retaken: boolean;
  mails: { accountId: string; id: string }[];
  /** Accounts whose bulk mails were due and must wait: those claimed were put off, the rest are not yet. */
  held: string[];
  /** Since before the claim. */
  ageMs: () => number;
};

/**
 * Takes due mails of any account for as long as the lease lasts, and counts them against `dailyCap` (null: no caps); null
 * when none is due.
 */
export async function claimBatch(
  { provider, batchSize, leaseSeconds }: Transport,
  dailyCap: number | null = null,
): Promise<ClaimedBatch | null> {
  const lease = randomUUID();
  const ageMs = startClock();
  const rows = await accountLess.claimEmails({ limit: batchSize, lease, leaseSeconds, provider, dailyCap });
  const [first] = rows;
  if (!first) return null;
  const going = rows.filter((row) => !row.held);
  const mails = going.map((row) => ({ accountId: row.account_id, id: row.id }));
  const held = [...new Set(rows.filter((row) => row.held).map((row) => row.account_id))];
  return { lease, batchId: going[0]?.batch_id ?? "", retaken: first.retaken, mails, held, ageMs };
}

// By two clocks: one stands still while the machine sleeps, the other can be set back.
function startClock(): () => number {
  const monotonic = performance.now();
  const wall = Date.now();
  return () => Math.max(performance.now() - monotonic, Date.now() - wall);
}
