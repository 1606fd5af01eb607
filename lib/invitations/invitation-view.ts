import type { MailStanding } from "#lib/mail/mail-standing.ts";

/** Open ones that ran out are *expired*. */
export const invitationStates = ["open", "accepted", "revoked", "expired"] as const;
export type InvitationState = (typeof invitationStates)[number];

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

export const invitationSources = ["invite", "bulk_invite", "import", "bulk_change", "undo"] as const;
