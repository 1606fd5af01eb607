export type MailState =
  | "queued"
  | "sending"
  | "sent"
  | "in_local_mailbox"
  | "failed"
  | "unknown"
  | "withdrawn";

/** What is known of a mail: where the outbox has it, or what the provider told afterwards. See mail-fate.ts. */
export type MailFate = MailState | "delivered" | "bounced" | "complained";

/** Never "sent" of what the provider did not take. */
export const mailWords: Record<MailFate, string> = {
  queued: "queued",
  sending: "being sent",
  sent: "sent",
  in_local_mailbox: "in local mailbox",
  failed: "not sent",
  unknown: "unknown",
  withdrawn: "withdrawn",
  delivered: "delivered",
  bounced: "bounced",
  complained: "marked as spam",
};

export const mailWord = (fate: string): string =>
  Object.hasOwn(mailWords, fate) ? mailWords[fate as MailFate] : fate;

/** What a queued mail waits for besides its turn. */
export type WaitsFor = "daily_cap" | "quiet_hours" | "breaker";

export const waitWords: Record<WaitsFor, string> = {
  daily_cap: "waits for the next day: the mails of a day are used up",
  quiet_hours: "waits for the end of the quiet hours",
  breaker: "waits until mails are let go on",
};
