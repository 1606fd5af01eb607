import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { Page } from "#app/_components/page.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { settings } from "#app/_web/settings.ts";
import { signedInPeople } from "#app/_web/signed-in-people.ts";
import { findJoinLink, type OpenJoinLink } from "#lib/invitations/find-join-link.ts";
import { DeadInvitation } from "../dead-invitation.tsx";
import { SignedInAs } from "../signed-in-as.tsx";
import { join } from "./join.ts";
import { TellOpening } from "./tell-opening.tsx";

export const metadata: Metadata = { title: "Join" };

/** Opening the link changes nothing: mail scanners open links too. */
export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await findJoinLink(settings().ROLLCALL_TOKEN_KEY, token);
  const people = await signedInPeople();
  if (!link.isOpen) {
    const { joined } = link;
    if (joined && people.some(({ userId }) => userId === joined.userId))
      redirect(`/a/${joined.accountSlug}/me`);
    return <DeadInvitation />;
  }
  return (
    <Page
      title={`Join ${link.accountName}`}
      lead={
        <>
          {link.inviterName && (
            <>
              <bdi className="break-words">{link.inviterName}</bdi> invites you,{" "}
            </>
          )}
          with the address <bdi className="break-words font-medium">{link.email}</bdi>
        </>
      }
    >
      <SignedInAs people={people} link={link} back={`/join/${token}`} />
      <ActionForm action={join} className="space-y-4">
        <input type="hidden" name="token" value={token} />
        {link.connectionId === null && <Names link={link} />}
        <SubmitButton className="btn btn-primary w-full" name="press" value={link.press}>
          Join
        </SubmitButton>
        <p className="break-words text-base-content/75 text-sm">{nextStep(link)}</p>
      </ActionForm>
      <TellOpening to={`/join/${token}/opened`} />
    </Page>
  );
}

function Names({ link }: { link: OpenJoinLink }) {
  const name = { autoComplete: "off", dir: "auto", maxLength: 400 } as const;
  return (
    <>
      <Field name="firstName" label="First Name" {...name} defaultValue={link.firstName ?? ""} />
      <Field name="lastName" label="Last Name" {...name} defaultValue={link.lastName ?? ""} />
    </>
  );
}

function nextStep({ accountName, channel, connectionId }: OpenJoinLink): string {
  if (connectionId !== null)
    return `${accountName} has a sign-in of its own. Join leads you there, and when you have signed in you are in.`;
  return channel === "mail"
    ? "Join signs you in at once."
    : "This link was copied and did not come by mail, so Join sends a mail to this address. You are in when you have followed its link.";
}
