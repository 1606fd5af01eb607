/** Where a mail is, the latest that anybody told: the outbox's column `standing`. `handed_over`: an SMTP server took it. */
export type MailStanding =
  | "queued"
  | "waiting"
  | "sent"
  | "delivered"
  | "handed_over"
  | "in_local_mailbox"
  | "bounced"
  | "complained"
  | "failed"
  | "unknown"
  | "withdrawn";

/** Never "sent" of what the provider did not take. */
const words: Record<MailStanding, string> = {
  queued: "queued",
  waiting: "waiting",
  sent: "sent",
  delivered: "delivered",
  handed_over: "sent",
  in_local_mailbox: "in local mailbox",
  bounced: "bounced",
  complained: "marked as spam",
  failed: "not sent",
  unknown: "unknown",
  withdrawn: "withdrawn",
};

export const mailWord = (standing: string): string =>
  Object.hasOwn(words, standing) ? words[standing as MailStanding] : standing;

/** What a queued mail waits for besides its turn. */
export type WaitsFor = "daily_cap" | "quiet_hours" | "breaker";

export const waitWords: Record<WaitsFor, string> = {
  daily_cap: "waits for the next day: the mails of a day are used up",
  quiet_hours: "waits for the end of the quiet hours",
  breaker: "waits until mails are let go on",
};
