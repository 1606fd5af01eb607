import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { isLocalMode } from "#app/_web/local-mode.ts";
import { askForNewOne } from "./ask-for-new-one.ts";

export function AskAgain() {
  return (
    <>
      <ActionForm action={askForNewOne} className="space-y-4">
        <Field
          name="email"
          label="Email"
          hint="The address that was invited."
          type="email"
          autoComplete="email"
          required
        />
        <SubmitButton className="btn btn-primary w-full">Ask for a new one</SubmitButton>
      </ActionForm>
      <p className="text-sm">
        Joined already?{" "}
        <a className="link" href="/sign-in">
          Sign in
        </a>
        {isLocalMode() && (
          <>
            . In local mode mails come to the{" "}
            <a className="link" href="/local/mailbox">
              local mailbox
            </a>
          </>
        )}
        .
      </p>
    </>
  );
}
