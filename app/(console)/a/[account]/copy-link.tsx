"use client";
import { useEffect, useId, useState } from "react";
import { ActionForm, useFormAnswer } from "#app/_components/action-form.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { showLink } from "./invitation-actions.ts";

type Props = { invitation: string; email: string };

/** Shows the link in a field, and with scripts puts it into the clipboard. */
export function CopyLink({ invitation, email }: Props) {
  return (
    <ActionForm action={showLink} className="space-y-2">
      <input type="hidden" name="invitation" value={invitation} />
      <SubmitButton className="btn btn-quiet btn-xs">Copy link</SubmitButton>
      <CopiedLink email={email} />
    </ActionForm>
  );
}

/** The answer to whoever asked for a link: the field that holds it. */
export function CopiedLink({ email }: { email: string }) {
  const answer = useFormAnswer();
  const { link } = answer.values;
  const id = useId();
  const [copied, setCopied] = useState(false);
  // A second press copies once more: it is a new answer with the same link.
  useEffect(() => {
    const text = answer.values.link;
    if (!text) return;
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }, [answer]);
  if (!link) return null;
  return (
    <div className="min-w-56">
      <label htmlFor={id} className="block text-sm">
        <span role="status">{copied ? "Copied: the link" : "The link"}</span> for{" "}
        <span className="break-all">{email}</span>
      </label>
      <input
        id={id}
        readOnly
        value={link}
        onFocus={(event) => event.target.select()}
        className="input input-sm w-full font-mono text-xs"
      />
      <p className="text-base-content/75 text-xs">
        For this person alone. They prove their address when they have joined.
      </p>
    </div>
  );
}
