import { randomUUID } from "node:crypto";
import type { SendOptions } from "pg-boss";
import type { Transaction } from "#lib/db/with-account.ts";
import { onTransaction, sender } from "./boss.ts";
import { type Payload, type QueueName, queues } from "./queues.ts";

/** The job exists if and only if `tx` commits. */
export async function enqueue<Q extends QueueName>(
  tx: Transaction,
  queue: Q,
  payload: Payload<Q>,
  options: Pick<SendOptions, "startAfter" | "priority" | "singletonKey"> = {},
): Promise<void> {
  const checked = queues[queue].payload.parse(payload);
  // Without a key of its own a job of a `short` queue is suppressed by one that waits already, and that one may be
  // taken, and find nothing to do, before this transaction commits.
  await onTransaction(tx, (db) =>
    sender().send(queue, checked, { singletonKey: randomUUID(), ...options, db }),
  );
}
