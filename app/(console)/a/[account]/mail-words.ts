import type { LatestInvitation } from "#lib/invitations/list-latest-invitations.ts";
import type { MailState } from "#lib/mail/mail-word.ts";

/** Of a mail; never *sent* before the provider took it. */
export const mailWords: Record<MailState, string> = {
  queued: "Mail queued",
  sending: "Mail on its way",
  sent: "Mail sent",
  in_local_mailbox: "Mail in the local mailbox",
  failed: "Mail failed",
  unknown: "Mail: the provider never answered",
  withdrawn: "Mail withdrawn",
};

const toldWords = {
  delivered: "Mail delivered",
  bounced: "Mail bounced",
  complained: "Complained of the mail",
};

/** The latest that is known of it. */
export const mailSentence = ({ state, told }: NonNullable<LatestInvitation["mail"]>): string =>
  told ? toldWords[told] : mailWords[state];
