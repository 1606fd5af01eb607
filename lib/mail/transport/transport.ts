/** A mail as it goes out. The same outbox row always gives the same bytes. */
export type RenderedMail = {
  id: string;
  accountId: string;
  recipient: string;
  /** How the account is called as its sender; the address, and whose service it is, are the transport's. */
  from: string;
  /** Where answers go, if not to the sender. */
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  /** Besides those that every mail has. */
  headers?: Record<string, string>;
};

/**
 * What became of one mail. `not_taken`: surely not accepted, so it may go out in any later batch. `unanswered`: perhaps
 * accepted, so only the same batch under the same key may be repeated. `unknown`: perhaps accepted and not repeatable.
 */
export type Outcome =
  | { kind: "accepted"; providerId: string | null }
  | { kind: "refused"; reason: string }
  | { kind: "not_taken"; reason: string; waitMs?: number }
  | { kind: "unanswered"; reason: string; waitMs?: number }
  | { kind: "unknown"; reason: string };

/** `outcomes` in the order of the batch. `intervalMs`: spacing that the provider asks for; `pauseMs`: silence for all. */
export type Delivery = { outcomes: Outcome[]; intervalMs?: number; pauseMs?: number };

export type Transport = {
  provider: "resend" | "smtp" | "local";
  batchSize: number;
  /** Some seconds longer than the longest delivery of one batch; after a kill it takes as long to recover. */
  leaseSeconds: number;
  /** Batches under way at once in one pump. */
  lanes: number;
  /** Spacing of requests until the provider names another; null: no shared throttle. */
  intervalMs: number | null;
  /** For how long the provider knows an idempotency key; 0: a batch is never repeated. */
  repeatableHours: number;
  acceptedState: "sent" | "in_local_mailbox";
  /** Never throws for what the provider does; `signal` ends waiting, not what has been sent. */
  deliver(
    batch: RenderedMail[],
    options: { idempotencyKey: string; signal?: AbortSignal },
  ): Promise<Delivery>;
  close(): Promise<void>;
};
