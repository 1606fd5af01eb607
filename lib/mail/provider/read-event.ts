import { Resend } from "resend";
import { z } from "zod";

export type SignedNotice = {
  id: string | null;
  timestamp: string | null;
  signature: string | null;
  body: string;
};

export type ProviderEvent = {
  /** The provider's own, the same at every repetition. */
  id: string;
  kind: "delivered" | "bounced" | "complained" | "failed";
  /** The address itself is bad, not the moment. */
  lasting: boolean;
  at: Date;
  detail: string | null;
  accountId: string;
  mailId: string;
  providerId: string | null;
};

const kinds: Record<string, ProviderEvent["kind"]> = {
  "email.delivered": "delivered",
  "email.bounced": "bounced",
  "email.suppressed": "bounced",
  "email.complained": "complained",
  "email.failed": "failed",
};

const pairs = z.array(z.object({ name: z.string(), value: z.string() }));
const notice = z.object({
  type: z.string(),
  created_at: z.string().optional(),
  data: z.object({
    email_id: z.string().optional(),
    tags: z.union([z.record(z.string(), z.string()), pairs]).optional(),
    bounce: z.object({ type: z.string().optional(), message: z.string().optional() }).optional(),
    suppressed: z.object({ message: z.string().optional() }).optional(),
    failed: z.object({ reason: z.string().optional() }).optional(),
  }),
});

/**
 * What Resend tells (https://resend.com/docs/dashboard/webhooks/event-types), if it is Resend who tells it, within the last
 * five minutes; "forged" otherwise. Null: nothing about a mail of ours.
 */
export function readEvent(secret: string, { id, timestamp, signature, body }: SignedNotice) {
  const told = verified(secret, { id, timestamp, signature, body });
  if (told === "forged" || id === null) return "forged";
  const read = notice.safeParse(told);
  const kind = read.success ? kinds[read.data.type] : undefined;
  if (!read.success || !kind) return null;
  const { type, created_at, data } = read.data;
  const tags = new Map(
    Array.isArray(data.tags)
      ? data.tags.map((tag) => [tag.name, tag.value])
      : Object.entries(data.tags ?? {}),
  );
  const ids = z.object({ accountId: z.uuid(), mailId: z.uuid() }).safeParse({
    accountId: tags.get("account"),
    mailId: tags.get("mail"),
  });
  if (!ids.success) return null;
  const event: ProviderEvent = {
    id,
    kind,
    lasting: type === "email.suppressed" || /^permanent$/i.test(data.bounce?.type ?? "permanent"),
    at: instantOf(created_at),
    detail: storable(data.bounce?.message ?? data.suppressed?.message ?? data.failed?.reason),
    ...ids.data,
    providerId: storable(data.email_id),
  };
  return event;
}

// It only checks: the key that sends is the worker's alone.
const { webhooks } = new Resend("unused");

function verified(webhookSecret: string, { id, timestamp, signature, body }: SignedNotice): unknown {
  const headers = { id: id ?? "", timestamp: timestamp ?? "", signature: signature ?? "" };
  try {
    return webhooks.verify({ payload: body, headers, webhookSecret });
  } catch {
    return "forged";
  }
}

function instantOf(text: string | undefined): Date {
  const at = new Date(text ?? "");
  return Number.isNaN(at.getTime()) ? new Date() : at;
}

const storable = (text: string | undefined): string | null =>
  text ? text.toWellFormed().replaceAll("\0", " ").slice(0, 500) : null;
