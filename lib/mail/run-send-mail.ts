import { setTimeout as sleep } from "node:timers/promises";
import { database } from "#lib/db/database.ts";
import { isPaced } from "./pump/await-turn.ts";
import { type ClaimedBatch, claimBatch } from "./pump/claim-batch.ts";
import { putOff } from "./pump/put-off.ts";
import type { Stationery } from "./pump/render-letter.ts";
import { type SendContext, sendBatch } from "./pump/send-batch.ts";
import { headStartMs, slotWait, takeSlot } from "./pump/take-slot.ts";
import type { Transport } from "./transport/transport.ts";

type Options = {
  transport: Transport;
  stationery: Stationery;
  /** Mails a day of an account that has no cap of its own; null: there are no caps. */
  dailyCap?: number | null;
  signal?: AbortSignal;
  maxMs?: number;
};

/** `states`: how many mails went to which state; `dueInMs`: when the pump should run again, null when nothing is left. */
export type SentMail = { states: Record<string, number>; dueInMs: number | null };

/** Sends what is due, for `maxMs` at most (20 s), as fast as the provider allows to all workers together. */
export async function runSendMail({
  transport,
  stationery,
  dailyCap = null,
  signal,
  maxMs = 20_000,
}: Options): Promise<SentMail> {
  // Pumps that began together must not all end together: nobody would send meanwhile.
  const end = performance.now() + maxMs * (1 - Math.random() / 10);
  const context: SendContext = { transport, stationery, signal };
  const states: Record<string, number> = {};
  const inFlight = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const aside = new Map<string, Promise<void>>();
  // One after the other: the one before may not have seen what was claimed since it began.
  const putAside = (accountId: string): Promise<void> => {
    const putting = (aside.get(accountId) ?? Promise.resolve())
      .then(async () => void (await putOff(accountId, dailyCap)))
      .catch((error) => void failures.push(error));
    aside.set(accountId, putting);
    return putting;
  };
  try {
    const nextSlot = () => takeSlot(transport, end - performance.now());
    let wait = await nextSlot();
    while (wait !== null && !signal?.aborted && failures.length === 0) {
      const sendAt = performance.now() + wait;
      await sleep(Math.max(0, wait - headStartMs));
      const [batch, ahead] = await Promise.all([
        claimSendable(() => claimBatch(transport, dailyCap), putAside),
        // Where slots are plenty, one that nobody uses in the end makes no difference.
        isPaced(transport, context.intervalMs) ? undefined : nextSlot(),
      ]);
      if (!batch) break;
      const sending = sendBatch(context, batch, sendAt)
        .then((settled) => {
          for (const { state } of settled) states[state] = (states[state] ?? 0) + 1;
        })
        .catch((error) => void failures.push(error))
        .finally(() => inFlight.delete(sending));
      inFlight.add(sending);
      if (inFlight.size >= transport.lanes) await Promise.race(inFlight);
      wait = ahead === undefined ? await nextSlot() : ahead;
    }
  } finally {
    await Promise.all([...inFlight, ...aside.values()]);
  }
  if (failures.length > 0) throw failures[0];
  return { states, dueInMs: await dueIn(transport) };
}

/**
 * What may not go yet takes no sending slot: the rest of its account is put off, and the next due are looked for. What may
 * go does not wait for that, which can take longer than its lease.
 */
async function claimSendable(
  claim: () => Promise<ClaimedBatch | null>,
  putAside: (accountId: string) => Promise<void>,
): Promise<ClaimedBatch | null> {
  for (;;) {
    const batch = await claim();
    const putting = batch?.held.map(putAside);
    if (!batch || batch.mails.length > 0) return batch;
    await Promise.all(putting ?? []);
  }
}

async function dueIn(transport: Transport): Promise<number | null> {
  const [next] = await database().sql<{ wait_ms: number | null }[]>`
    select (extract(epoch from due - now()) * 1000)::float8 as wait_ms from next_mail_due()`;
  if (next?.wait_ms == null) return null;
  return Math.ceil(Math.max(0, next.wait_ms, (await slotWait(transport)) - headStartMs));
}
