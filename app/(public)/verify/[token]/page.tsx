import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Page } from "#app/_components/page.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { settings } from "#app/_web/settings.ts";
import { signedInPeople } from "#app/_web/signed-in-people.ts";
import { findAddressProof } from "#lib/invitations/find-address-proof.ts";
import { AskAgain } from "../../join/ask-again.tsx";
import { SignedInAs } from "../../join/signed-in-as.tsx";
import { confirm } from "./confirm.ts";

export const metadata: Metadata = { title: "Confirm your address" };

/** Opening the link changes nothing: mail scanners open links too. */
export default async function ConfirmAddressPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const proof = await findAddressProof(settings().ROLLCALL_TOKEN_KEY, token);
  const people = await signedInPeople();
  if (!proof.isOpen) {
    const { joined } = proof;
    if (joined && people.some(({ userId }) => userId === joined.userId))
      redirect(`/a/${joined.accountSlug}/me`);
    return <DeadLink />;
  }
  return (
    <Page
      title="Confirm your address"
      lead={
        <>
          You join <bdi className="break-words">{proof.accountName}</bdi>{" "}
          {proof.userName !== proof.email && (
            <>
              as <bdi className="break-words">{proof.userName}</bdi>{" "}
            </>
          )}
          with the address <bdi className="break-words font-medium">{proof.email}</bdi>.
        </>
      }
    >
      <SignedInAs people={people} link={proof} back={`/verify/${token}`} />
      <ActionForm action={confirm} className="space-y-4">
        <input type="hidden" name="token" value={token} />
        <SubmitButton className="btn btn-primary w-full" name="press" value={proof.press}>
          Confirm address
        </SubmitButton>
      </ActionForm>
    </Page>
  );
}

function DeadLink() {
  return (
    <Page
      title="This link does not work any more"
      lead="It was used already, its time is over, or a part of it got lost."
    >
      <AskAgain />
    </Page>
  );
}
