import type { Outcome, Transport } from "../transport/transport.ts";
import type { Letter } from "./letter.ts";
import type { Settlement } from "./settle-batch.ts";

const tooLateHours = 72;
const leastAttempts = 8;
const second = 1000;

/**
 * How long a mail that is held back is left alone. Resuming sends it at once, but for one that was just being looked at;
 * of a suspended account only those come here that were claimed before, and the others wait in the claim.
 */
const heldBack = {
  paused: { error: "mails to this person are paused", waitMs: 3600 * second },
  suspended: { error: "the account is suspended", waitMs: 60 * second },
};

/**
 * 1 s, and half as long again each time, up to 5 minutes. Not twice as long: where a provider fails one request in three, of
 * many batches some fail five times in a row, and nobody should wait half a minute for that.
 */
function backoff(attempts: number): number {
  return Math.min(Math.round(second * 1.5 ** Math.min(attempts - 1, 15)), 300 * second);
}

/** What the outbox says after an attempt. Pure. */
export function judgeOutcome(
  letter: Letter,
  outcome: Outcome,
  retaken: boolean,
  transport: Transport,
): Settlement {
  const { id } = letter;
  if (outcome.kind === "accepted") {
    return { id, state: transport.acceptedState, providerId: outcome.providerId, error: null };
  }
  const error = outcome.reason;
  if (outcome.kind === "refused") return { id, state: "failed", error };
  if (outcome.kind === "unknown") return { id, state: "unknown", error };
  const waitMs = outcome.waitMs ?? backoff(letter.attempts);
  // A batch that was perhaps accepted once keeps its key for ever, whatever a later answer says.
  if (outcome.kind === "unanswered" || retaken) {
    return transport.repeatableHours > 0
      ? { id, state: "sending", error, waitMs }
      : { id, state: "unknown", error };
  }
  if (letter.hours_old > tooLateHours && letter.attempts >= leastAttempts) {
    return { id, state: "failed", error: `given up after ${letter.attempts} attempts: ${error}` };
  }
  return { id, state: "queued", error, waitMs };
}

/** Before anything is sent: null when the letter goes out. Pure. */
export function judgeBefore(letter: Letter, retaken: boolean, transport: Transport): Settlement | null {
  if (!retaken) {
    const error = letter.withdrawn_because;
    if (error !== null) return { id: letter.id, state: "withdrawn", error };
    return letter.held_back ? { id: letter.id, state: "queued", ...heldBack[letter.held_back] } : null;
  }
  const sameKeys = letter.provider === transport.provider;
  if (sameKeys && letter.hours_since_first_attempt < transport.repeatableHours) return null;
  const error = "the answer to an earlier attempt was lost, so it may have arrived";
  return { id: letter.id, state: "unknown", error };
}
