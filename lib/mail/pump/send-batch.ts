import { setTimeout as sleep } from "node:timers/promises";
import type { Delivery, Outcome, RenderedMail, Transport } from "../transport/transport.ts";
import { awaitTurn, isPaced, noteAnswer } from "./await-turn.ts";
import type { ClaimedBatch } from "./claim-batch.ts";
import { judgeBefore, judgeOutcome } from "./judge-outcome.ts";
import type { Letter } from "./letter.ts";
import { letterHeaders } from "./letter-headers.ts";
import { readLetters } from "./read-letters.ts";
import { renderLetter, type Stationery } from "./render-letter.ts";
import { type Settlement, settleBatch } from "./settle-batch.ts";
import { adaptPace } from "./take-slot.ts";

export type SendContext = {
  transport: Transport;
  stationery: Stationery;
  signal?: AbortSignal;
  intervalMs?: number;
};

// Every lease is at least this much longer than the longest delivery.
const freshMs = 3000;
const tooLate: Outcome = { kind: "not_taken", reason: "the worker was paused before sending", waitMs: 0 };

type Ready = { letter: Letter; mail: RenderedMail };

/** Reads, renders, sends at `sendAt` (performance.now()) and settles one claimed batch. */
export async function sendBatch(
  context: SendContext,
  batch: ClaimedBatch,
  sendAt: number,
): Promise<Settlement[]> {
  const letters = await readLetters(batch.mails).catch((error) => giveBack(batch, error));
  const { ready, settled } = sort(context, batch, letters);
  // These are out of the batch before it is first sent: should it be repeated, it must be made of the same mails.
  await settleBatch(batch, settled);
  if (ready.length === 0) return settled;
  await sleep(Math.max(0, sendAt - performance.now()));
  return [...settled, ...(await deliver(context, batch, ready))];
}

/** Nothing was sent yet, and only now can that be said: later the mails would count as perhaps sent. */
async function giveBack(batch: ClaimedBatch, cause: unknown): Promise<never> {
  const state = batch.retaken ? "sending" : "queued";
  const back = batch.mails.map(({ id }): Settlement => ({ id, state, waitMs: 1000 }));
  await settleBatch(batch, back).catch(() => {});
  throw cause;
}

function sort({ transport, stationery }: SendContext, batch: ClaimedBatch, letters: Letter[]) {
  const ready: Ready[] = [];
  const settled: Settlement[] = [];
  for (const letter of letters) {
    const verdict =
      judgeBefore(letter, batch.retaken, transport) ?? render(letter, batch.retaken, stationery);
    if ("letter" in verdict) ready.push(verdict);
    else settled.push(verdict);
  }
  return { ready, settled };
}

function render(letter: Letter, retaken: boolean, stationery: Stationery): Ready | Settlement {
  try {
    const { id, recipient, account_id: accountId } = letter;
    const headers = letterHeaders(letter, stationery);
    return { letter, mail: { id, accountId, recipient, headers, ...renderLetter(letter, stationery) } };
  } catch (error) {
    // An earlier attempt could render it, and may have sent it.
    const state = retaken ? "unknown" : "failed";
    return { id: letter.id, state, error: `cannot be rendered: ${(error as Error).message}` };
  }
}

async function deliver(context: SendContext, batch: ClaimedBatch, ready: Ready[]): Promise<Settlement[]> {
  const { transport, signal } = context;
  const mails = ready.map(({ mail }) => mail);
  const isFresh = () => batch.ageMs() <= freshMs;
  const turn = isPaced(transport, context.intervalMs) ? await awaitTurn(transport, isFresh) : null;
  // A worker that was paused wakes up without its lease, and by now another one has the batch.
  const delivery: Delivery = isFresh()
    ? await transport.deliver(mails, { idempotencyKey: batch.batchId, signal })
    : { outcomes: mails.map(() => tooLate) };
  // Beside the settling; a lost connection shows there.
  if (turn) noteAnswer(transport, turn).catch(() => {});
  const settlements = ready.map(({ letter }, index) => {
    const outcome = delivery.outcomes[index] ?? { kind: "unanswered", reason: "the transport told nothing" };
    return judgeOutcome(letter, outcome, batch.retaken, transport);
  });
  await settleBatch(batch, settlements);
  if (delivery.pauseMs || (delivery.intervalMs && delivery.intervalMs !== context.intervalMs)) {
    await adaptPace(transport, delivery);
    context.intervalMs = delivery.intervalMs ?? context.intervalMs;
  }
  return settlements;
}
