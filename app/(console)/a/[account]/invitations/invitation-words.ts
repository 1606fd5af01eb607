import type { Tone } from "#app/_components/badge.tsx";
import { type InvitationState, invitationStates, notArrived } from "#lib/invitations/invitation-view.ts";
import type { MailStanding } from "#lib/mail/mail-standing.ts";

export const stateWords: Record<InvitationState, [Tone, string]> = {
  open: ["busy", "Open"],
  accepted: ["good", "Accepted"],
  revoked: ["quiet", "Revoked"],
  expired: ["warn", "Expired"],
};

/** Of a mail; never *sent* before the provider took it. */
export const standingBadges: Record<MailStanding, [Tone, string]> = {
  queued: ["quiet", "Queued"],
  waiting: ["warn", "Waiting"],
  sent: ["busy", "Sent"],
  delivered: ["good", "Delivered"],
  handed_over: ["busy", "Sent"],
  in_local_mailbox: ["quiet", "In local mailbox"],
  bounced: ["bad", "Bounced"],
  complained: ["bad", "Marked as spam"],
  failed: ["bad", "Failed"],
  unknown: ["warn", "Unknown"],
  withdrawn: ["quiet", "Withdrawn"],
};

const sources: Record<string, string> = {
  invite: "Invite",
  bulk_invite: "Bulk Invite",
  import: "Import",
  bulk_change: "Bulk Change",
  undo: "Undo",
};

/** "bulk_invite" → "Bulk Invite" */
export const sourceWord = (source: string): string => sources[source] ?? source;

export const stateChoices = invitationStates.map((value) => ({ value, label: stateWords[value][1] }));

export const mailChoices = notArrived.map((value) => ({
  value,
  label:
    value === "queued" ? "Not sent yet" : value === "sent" ? "Not delivered yet" : standingBadges[value][1],
}));

export const sourceChoices = Object.entries(sources).map(([value, label]) => ({ value, label }));
