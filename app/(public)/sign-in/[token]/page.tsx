import type { Metadata } from "next";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Page } from "#app/_components/page.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { settings } from "#app/_web/settings.ts";
import { findSignInToken } from "#lib/sign-in/find-sign-in-token.ts";
import { signIn } from "./sign-in.ts";

export const metadata: Metadata = { title: "Sign in" };

/** Opening the link changes nothing: mail scanners open links too. */
export default async function SignInLinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const found = await findSignInToken(settings().ROLLCALL_TOKEN_KEY, token);
  if (!found) return <DeadLink />;
  return (
    <Page
      title="Sign in"
      lead={
        <>
          to {found.accountName}, as {found.email}
        </>
      }
    >
      <ActionForm action={signIn} className="space-y-4">
        <input type="hidden" name="token" value={token} />
        <SubmitButton className="btn btn-primary w-full">Sign in</SubmitButton>
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
      <a className="btn btn-primary w-full" href="/sign-in">
        Ask for a new one
      </a>
    </Page>
  );
}
