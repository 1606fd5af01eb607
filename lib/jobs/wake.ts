import { sender } from "./boss.ts";
import type { QueueName } from "./queues.ts";

/** A job that no row waits for: a reminder to look. Suppressed while the same one waits already. */
export async function wake(
  queue: Extract<QueueName, "send-mail" | "send-mail-later" | "seal-audit">,
  inSeconds: number,
): Promise<void> {
  await sender().send(queue, {}, { startAfter: inSeconds });
}
