import { Resend } from "resend";
import { sender } from "../templates/sender-name.ts";
import { messageId } from "./message-id.ts";
import { readPace } from "./resend-pace.ts";
import type { Delivery, Outcome, RenderedMail, Transport } from "./transport.ts";

type Options = {
  apiKey: string;
  from: string;
  baseUrl?: string;
  requestsPerSecond?: number;
  timeoutMs?: number;
};

const minute = 60_000;

/** Resend's batch endpoint (https://resend.com/docs/api-reference/emails/send-batch-emails). */
export function resendTransport({
  apiKey,
  from,
  baseUrl,
  requestsPerSecond = 5,
  timeoutMs = 6_000,
}: Options): Transport {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {});
  return {
    provider: "resend",
    batchSize: 100,
    leaseSeconds: Math.ceil(timeoutMs / 1000) + 4,
    lanes: 8,
    intervalMs: spacing(requestsPerSecond),
    // Keys are remembered for 24 hours (https://resend.com/docs/dashboard/emails/idempotency-keys); an hour is margin.
    repeatableHours: 23,
    acceptedState: "sent",
    deliver: async (batch, { idempotencyKey, signal }) => {
      const timeout = AbortSignal.timeout(timeoutMs);
      const result = await resend.batch.send(batch.map(toRequest(from)), {
        idempotencyKey,
        batchValidation: "permissive",
        // The SDK has no time-out of its own; it hands its options to fetch.
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const pace = readPace(result.headers ?? {}, spacing);
      if (result.data) return { outcomes: accepted(batch, result.data), intervalMs: pace.intervalMs };
      return declined(batch, result.error, pace);
    },
    close: async () => {},
  };
}

// A little over the even spacing: a window that slides over jittery arrivals must never hold one request too many.
function spacing(requestsPerSecond: number): number {
  return (1000 / requestsPerSecond) * 1.015;
}

function toRequest(from: string) {
  return (mail: RenderedMail) => ({
    from: mailbox(sender(from, mail.from)),
    ...(mail.replyTo === null ? {} : { replyTo: mail.replyTo }),
    to: mail.recipient,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: { "Message-ID": messageId(from, mail.id), ...mail.headers },
    // Come back with all that the provider tells of the mail later.
    tags: [
      { name: "mail", value: mail.id },
      { name: "account", value: mail.accountId },
    ],
  });
}

/** RFC 5322, 3.4. The name holds no mark that would end it. */
const mailbox = ({ name, address }: { name: string; address: string }): string => `"${name}" <${address}>`;

type Answer = { data: { id: string }[]; errors?: { index: number; message: string }[] };

/** In permissive mode `data` lists the accepted mails only, in order; `errors` names the others by index. */
function accepted(batch: RenderedMail[], answer: Answer): Outcome[] {
  const refusals = new Map((answer.errors ?? []).map((error) => [error.index, error.message]));
  const idsAreComplete = answer.data.length === batch.length - refusals.size;
  let next = 0;
  return batch.map((_, index) => {
    const reason = refusals.get(index);
    if (reason !== undefined) return { kind: "refused", reason };
    return { kind: "accepted", providerId: idsAreComplete ? (answer.data[next++]?.id ?? null) : null };
  });
}

type Failure = { statusCode: number | null; name: string; message: string };

// Codes and names: https://resend.com/docs/api-reference/errors
function declined(batch: RenderedMail[], error: Failure, pace: { retryAfterMs: number }): Delivery {
  const { statusCode: status, name } = error;
  const reason = `${status ?? "no answer"} ${name}: ${error.message}`;
  const all = (outcome: Outcome, pauseMs?: number): Delivery => ({
    outcomes: batch.map(() => outcome),
    pauseMs,
  });
  if (status === null || status === 408 || status >= 500) return all({ kind: "unanswered", reason });
  if (status === 409)
    return all({ kind: name === "concurrent_idempotent_requests" ? "unanswered" : "unknown", reason });
  if (status === 429) {
    const waitMs = name.endsWith("quota_exceeded") ? 10 * minute : pace.retryAfterMs;
    return all({ kind: "not_taken", reason, waitMs }, waitMs);
  }
  // The key or the sender is wrong, not the mail: it waits until the operator has mended the settings.
  if ([401, 403, 404, 405].includes(status) || name === "invalid_from_address") {
    return all({ kind: "not_taken", reason, waitMs: minute }, 10_000);
  }
  if (batch.length === 1) return all({ kind: "refused", reason });
  // One mail spoils the request: they come again one by one, and the bad one is then refused alone.
  return { outcomes: batch.map((_, index) => ({ kind: "not_taken", reason, waitMs: 1000 + index * 400 })) };
}
