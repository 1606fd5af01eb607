/** Open ones that ran out are *expired*. */
export const invitationStates = ["open", "accepted", "revoked", "expired"] as const;
export type InvitationState = (typeof invitationStates)[number];

/** Where a mail is, the latest that anybody told. */
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

/** Those of mails that did not arrive, or not yet: what is looked for. */
export const notArrived = [
  "queued",
  "waiting",
  "sent",
  "bounced",
  "complained",
  "failed",
  "unknown",
  "withdrawn",
] as const satisfies MailStanding[];

export const invitationSources = ["invite", "bulk_invite", "import", "undo"] as const;
