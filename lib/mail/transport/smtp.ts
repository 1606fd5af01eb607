import { setTimeout as sleep } from "node:timers/promises";
import { createTransport, type Transporter } from "nodemailer";
import type SMTPPool from "nodemailer/lib/smtp-pool";
import { sender } from "../templates/sender-name.ts";
import { messageId } from "./message-id.ts";
import { judgeSmtpError } from "./smtp-error.ts";
import type { Outcome, RenderedMail, Transport } from "./transport.ts";

type Options = { url: string; from: string; timeoutMs?: number };

const connections = 5;
const leaseSeconds = 120;

/** Any SMTP server, over a pool of connections. No server knows keys, so a mail without an answer is never repeated. */
export function smtpTransport({ url, from, timeoutMs = 20_000 }: Options): Transport {
  const pool = createTransport(poolOptions(url, timeoutMs), {
    from,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  pool.on("error", () => {}); // told to every mail it concerns
  return {
    provider: "smtp",
    batchSize: 50,
    leaseSeconds,
    lanes: 1,
    intervalMs: null,
    repeatableHours: 0,
    acceptedState: "sent",
    deliver: async (batch, { signal }) => {
      const lastStart = performance.now() + leaseSeconds * 1000 - 4 * timeoutMs;
      const outcomes: Outcome[] = [];
      const queue = batch.entries();
      const sender = async () => {
        for (const [index, mail] of queue) {
          const late = signal?.aborted || performance.now() > lastStart;
          outcomes[index] = late
            ? { kind: "not_taken", reason: "its turn did not come", waitMs: 0 }
            : await Promise.race([sendOne(pool, from, mail), endless(3 * timeoutMs)]);
        }
      };
      await Promise.all(Array.from({ length: connections }, sender));
      return { outcomes };
    },
    close: async () => pool.close(),
  };
}

// Given a `url`, nodemailer drops every other option, the pool and the time-outs among them: hence host by host.
function poolOptions(text: string, timeoutMs: number): SMTPPool.Options {
  const url = new URL(text);
  const secure = url.protocol === "smtps:";
  const auth = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined;
  return {
    pool: true,
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    auth,
    // A password never crosses a line in plain.
    requireTLS: auth !== undefined && !secure,
    maxConnections: connections,
    // By default the pool itself repeats a mail whose connection closed.
    maxRequeues: 0,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    // Longer, so that silence before the greeting is told apart: then surely nothing was sent.
    socketTimeout: 2 * timeoutMs,
  } as SMTPPool.Options;
}

async function sendOne(pool: Transporter, from: string, mail: RenderedMail): Promise<Outcome> {
  try {
    const { recipient: to, subject, html, text, headers } = mail;
    const answer = await pool.sendMail({
      messageId: messageId(from, mail.id),
      from: sender(from, mail.from),
      ...(mail.replyTo === null ? {} : { replyTo: { name: "", address: mail.replyTo } }),
      to,
      subject,
      html,
      text,
      headers,
    });
    return { kind: "accepted", providerId: answer.messageId };
  } catch (error) {
    return judgeSmtpError(error);
  }
}

/** For a server that drips bytes for ever, which no time-out of silence ends. */
async function endless(afterMs: number): Promise<Outcome> {
  await sleep(afterMs, undefined, { ref: false });
  return { kind: "unknown", reason: "the server did not come to an end" };
}
