import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { Page } from "#app/_components/page.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { signedIn } from "#app/_web/current-actor.ts";
import { isLocalMode } from "#app/_web/local-mode.ts";
import { oneOf } from "#app/_web/query.ts";
import { startSignIn } from "./start-sign-in.ts";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ email?: string | string[] }> };

/** With an address in the query it is shown to somebody signed in as well: they want to get into another account. */
export default async function SignInPage({ searchParams }: Props) {
  const email = oneOf((await searchParams).email)?.slice(0, 254);
  const actor = email ? null : await signedIn();
  if (actor) redirect(`/a/${actor.accountSlug}`);
  return (
    <Page
      title="Sign in"
      lead="With your company's sign-in, where it has one, else with a link that we send to your address."
    >
      <ActionForm action={startSignIn} className="space-y-4">
        <Field name="email" label="Email" type="email" autoComplete="email" defaultValue={email} required />
        <SubmitButton className="btn btn-primary w-full" name="way" value="any">
          Continue
        </SubmitButton>
        <SubmitButton className="btn btn-quiet w-full" name="way" value="link">
          Send the link
        </SubmitButton>
      </ActionForm>
      {isLocalMode() && (
        <p className="text-sm">
          In local mode the link comes to the{" "}
          <a className="link" href="/local/mailbox">
            local mailbox
          </a>
          .
        </p>
      )}
    </Page>
  );
}
