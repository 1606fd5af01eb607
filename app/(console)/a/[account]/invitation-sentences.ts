import type { AddressAnswer } from "#lib/invitations/address-answer.ts";
import { beingSent, type Resent } from "#lib/invitations/resend-invitation.ts";

/** Why an invitation is neither sent again, revoked nor copied. */
export const closedSentences = {
  not_found: "There is no such invitation any more.",
  joined: "This person has joined already.",
  suspended: "This person is suspended. Restore them first.",
  revoked: "This invitation was revoked. Invite the person again.",
  expired: "This invitation has run out. Resend it, which gives it all its days again.",
  replaced: "A later invitation to this address is open. Use that one.",
  address_changed: "The person's address was changed since. Invite them at the new one.",
  foreign_domain: "The address is not in a domain of this account any more.",
};

type Refused = Exclude<Resent, { ok: true }>;

export function whyNotResent(refused: Refused): string {
  if (refused.reason === "too_soon")
    return `It was sent again ${minutes(refused.minutesAgo)} ago. Wait until ten have passed.`;
  if (refused.reason === "bounced")
    return `The address has ${refused.because}, so that no mail goes there. Allow mail again on the person's page, or correct the address.`;
  if (refused.reason === "being_sent") return beingSent;
  return closedSentences[refused.reason];
}

const minutes = (count: number) =>
  count === 0 ? "less than a minute" : count === 1 ? "1 minute" : `${count} minutes`;

const howInvited = {
  new: "Invited.",
  not_invited: "Invited. Was known here, and not invited before.",
  renewed: "Invited again: the last invitation had run out.",
  deleted: "Invited. Had been deleted here, and is back.",
};

/** What became of an address, and what to do about it. */
export function answerSentence(is: AddressAnswer): string {
  if (is.answer === "invited") {
    if (is.suppressed === null) return howInvited[is.how];
    const why =
      is.suppressed === "bounced"
        ? "a mail to this address bounced before"
        : "this address complained of a mail before";
    return `${howInvited[is.how]} But no mail goes out: ${why}. Allow mail on the person's page, or copy the link below.`;
  }
  if (is.answer === "already_user")
    return `Is a user already: ${is.status === "active" ? "Active" : "Signed Up"}.`;
  if (is.answer === "already_invited") return "Is invited already. No second mail was sent.";
  if (is.answer === "suspended") return "Is suspended, and was not invited.";
  if (is.answer === "repeated") return "Stands in the form twice; once is enough.";
  return is.text;
}
