import { createHash } from "node:crypto";

type Mail = {
  to?: string | string[];
  cc?: string;
  bcc?: string;
  reply_to?: string | string[];
  headers?: Record<string, string>;
  from?: string;
  subject?: string;
  html?: string;
  text?: string;
  tags?: Tag[];
};
type Tag = { name: string; value: string };
type Answer = { status: number; body: object };
type Remembered = { hash: string; answer: Answer | null };

/** What the provider truly accepted: its own book, against which the outbox is compared. */
export function openLedger() {
  const keys = new Map<string, Remembered>();
  const accepted: { key: string | null; recipient: string; mail: string; account: string; id: string }[] = [];
  let repeats = 0;
  let latest: Mail[] = [];

  function take(key: string | null, raw: Buffer, permissive: boolean): Answer {
    const hash = createHash("sha256").update(raw).digest("hex");
    const known = key === null ? undefined : keys.get(key);
    if (known && known.hash !== hash) return failure(409, "invalid_idempotent_request");
    if (known && known.answer === null) return failure(409, "concurrent_idempotent_requests");
    if (known?.answer) {
      repeats += 1;
      return known.answer;
    }
    const mails = JSON.parse(raw.toString()) as Mail[];
    const answer = judge(key, mails, permissive);
    latest = mails;
    // A request that failed validation leaves its key free.
    if (key !== null && answer.status === 200) keys.set(key, { hash, answer });
    return answer;
  }

  function judge(key: string | null, mails: Mail[], permissive: boolean): Answer {
    if (mails.length > 100) return failure(400, "validation_error", "The batch has more than 100 emails.");
    const errors = mails.flatMap((mail, index) =>
      isValid(mail) ? [] : [{ index, message: "Invalid `to` field." }],
    );
    if (errors.length > 0 && !permissive) return failure(422, "validation_error", errors[0]?.message);
    const bad = new Set(errors.map((error) => error.index));
    const data = mails.flatMap((mail, index) => {
      if (bad.has(index)) return [];
      const id = `re_${accepted.length + 1}`;
      const recipient = String(mail.to);
      accepted.push({
        key,
        recipient,
        mail: mail.tags?.find((tag) => tag.name === "mail")?.value ?? recipient,
        account: mail.tags?.find((tag) => tag.name === "account")?.value ?? "",
        id,
      });
      return [{ id }];
    });
    return { status: 200, body: permissive ? { data, errors } : { data } };
  }

  return {
    take,
    /** The provider's memory of keys ends after 24 hours. */
    forgetKeys: () => keys.clear(),
    accepted: () => accepted,
    /** The mails of the latest request under a new key, whole. */
    latest: () => latest,
    summary: () => ({
      accepted: accepted.length,
      duplicates: accepted.length - new Set(accepted.map((entry) => entry.mail)).size,
      recipients: new Set(accepted.map((entry) => entry.recipient)).size,
      withoutKey: accepted.filter((entry) => entry.key === null).length,
      repeats,
    }),
  };
}

function isValid(mail: Mail): boolean {
  return (
    /^[^\s@,]+@[^\s@,]+$/.test(String(mail.to)) &&
    Boolean(mail.from && mail.subject && (mail.html || mail.text))
  );
}

export function failure(statusCode: number, name: string, message = name): Answer {
  return { status: statusCode, body: { statusCode, name, message } };
}
