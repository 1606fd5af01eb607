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
  /** Since before the claim. */
  ageMs: () => number;
};

/** Takes due mails of any account for as long as the lease lasts; null when none is due. */
export async function claimBatch({
  provider,
  batchSize,
  leaseSeconds,
}: Transport): Promise<ClaimedBatch | null> {
  const lease = randomUUID();
  const ageMs = startClock();
  const rows = await accountLess.claimEmails({ limit: batchSize, lease, leaseSeconds, provider });
  const [first] = rows;
  if (!first) return null;
  const mails = rows.map((row) => ({ accountId: row.account_id, id: row.id }));
  return { lease, batchId: first.batch_id, retaken: first.retaken, mails, ageMs };
}

// By two clocks: one stands still while the machine sleeps, the other can be set back.
function startClock(): () => number {
  const monotonic = performance.now();
  const wall = Date.now();
  return () => Math.max(performance.now() - monotonic, Date.now() - wall);
}
