import type { Transport } from "./transport.ts";

/** Sends nothing: the mails stay in the outbox and are rendered when somebody looks at the local mailbox. */
export function localTransport(): Transport {
  return {
    provider: "local",
    batchSize: 500,
    leaseSeconds: 30,
    lanes: 1,
    intervalMs: null,
    repeatableHours: Number.POSITIVE_INFINITY,
    acceptedState: "in_local_mailbox",
    deliver: async (batch) => ({ outcomes: batch.map(() => ({ kind: "accepted", providerId: null })) }),
    close: async () => {},
  };
}
