import type { ReactNode } from "react";
import { Moment } from "#app/_components/moment.tsx";
import type { InvitationView } from "#lib/invitations/find-invitation.ts";

/** `person`: their page, for those who may see it. */
type Props = { invitation: InvitationView; person: string | null };

/** One sentence: what an administrator does about it now, or that nothing is to be done. */
export function NextStep({ invitation, person }: Props) {
  return <p className="max-w-prose">{sentence(invitation, person)}</p>;
}

function sentence(invitation: InvitationView, person: string | null): ReactNode {
  const { state, userId, isAddressKept, suppressed } = invitation;
  if (state === "accepted") return "Nothing: the invitation was accepted.";
  if (userId === null) return "Nothing: the person is no longer here.";
  if (!isAddressKept)
    return <>The person has another address by now; invite them there, on {page(person)}.</>;
  if (state === "revoked") return <>Its links lead nowhere. Invite the person again on {page(person)}.</>;
  if (suppressed) return suppressedSentence(suppressed, person);
  if (state === "expired") return "Resend it: that gives it all its days again.";
  return openSentence(invitation, person);
}

const page = (person: string | null): ReactNode =>
  person ? (
    <a className="link" href={person}>
      the person's page
    </a>
  ) : (
    "the person's page"
  );

function suppressedSentence(suppressed: "bounced" | "complained", person: string | null): ReactNode {
  if (suppressed === "complained")
    return (
      <>No more mail goes there, for the person complained. Talk to them, or copy the link and hand it on.</>
    );
  return (
    <>
      The address does not take mail. Mend it, or allow mail to it again, on {page(person)}; or copy the link
      and hand it on.
    </>
  );
}

function openSentence({ mail, steps, openedAt, email }: InvitationView, person: string | null): ReactNode {
  const waiting = steps.find((step) => step.what === "waits");
  if (waiting?.what === "waits" && waiting.isOpenEnded)
    return "The account's mails are stopped. It goes out once somebody lets them go on, in the account's mail settings.";
  if (waiting)
    return (
      <>
        Nothing: the mail goes out by itself, <Moment at={waiting.at} /> at the earliest.
      </>
    );
  if (openedAt)
    return "The join page was opened, but nobody joined. Ask them what is in the way, or resend it.";
  switch (mail) {
    case "queued":
      return "Nothing: the mail goes out by itself within moments.";
    case "bounced":
      return <>The address does not take mail. Mend it on {page(person)}, or copy the link and hand it on.</>;
    case "complained":
      return "The person complained of the mail. Talk to them before anything else.";
    case "failed":
      return "The provider refused the mail; why stands below. Mend that, then resend it.";
    case "unknown":
      return `Ask ${email} whether a mail came; if not, resend it.`;
    case "withdrawn":
      return "No mail went out. Resend it, or copy the link and hand it on.";
    case "sent":
      return "The provider took the mail and has not said that it arrived. Wait a little, or copy the link and hand it on.";
    default:
      return "The mail is there. Give them some days; then resend it, or copy the link and hand it on.";
  }
}
