"use client";
import { ActionForm, useFormAnswer } from "#app/_components/action-form.tsx";
import { Alert } from "#app/_components/alert.tsx";
import { countOf } from "#app/_components/number.ts";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { type BoxAnswer, boxes, shownTold } from "./box-answer.ts";
import { EmailBox } from "./email-box.tsx";
import { sendInvitations } from "./invite-actions.ts";

type Props = {
  /** Of this page: a fresh form. */
  here: string;
  /** Null: who looks may not invite in bulk. */
  bulkHref: string | null;
};

export function InviteForm({ here, bulkHref }: Props) {
  return (
    <>
      <ActionForm
        action={sendInvitations}
        className="space-y-5 rounded-box border border-base-300 bg-base-200 p-5"
      >
        <Answered bulkHref={bulkHref} />
        <div className="flex flex-wrap gap-3">
          <SubmitButton>Send Invitations</SubmitButton>
          <button type="submit" form="clear-all" className="btn btn-quiet">
            Clear All
          </button>
        </div>
      </ActionForm>
      {/* The page anew: works also after an answer that never came, and without scripts. */}
      <form id="clear-all" method="get" action={here} />
    </>
  );
}

function Answered({ bulkHref }: { bulkHref: string | null }) {
  const { message, errors, values } = useFormAnswer();
  const told = shownTold(values.told);
  const isRefused = message !== null || Object.keys(errors).length > 0;
  return (
    <>
      {values.tooMany && <ToBulkInvite href={bulkHref} />}
      {!isRefused && <Summary told={told} />}
      <input type="hidden" name="told" value={values.told ?? ""} />
      <div className="space-y-3">
        {boxes.map((box) => (
          <EmailBox key={box} box={box} answer={told[box - 1] ?? null} />
        ))}
      </div>
      <Message />
    </>
  );
}

function ToBulkInvite({ href }: { href: string | null }) {
  return (
    <p>
      For more people at once there is{" "}
      {href ? (
        <a className="link" href={href}>
          Bulk Invite
        </a>
      ) : (
        "Bulk Invite; ask somebody who may use it"
      )}
      .
    </p>
  );
}

function Summary({ told }: { told: BoxAnswer[] }) {
  const good = told.filter((answer) => answer?.tone === "good").length;
  const bad = told.filter((answer) => answer?.tone === "bad").length;
  if (good + bad === 0) return null;
  return (
    <Alert tone={good > 0 ? "success" : "info"}>
      {good > 0 ? `${countOf(good, "address", "addresses")} done.` : "Nobody was invited."}
      {bad > 0 && ` ${countOf(bad, "address needs", "addresses need")} a look: see beside the boxes.`}
    </Alert>
  );
}

function Message() {
  const { errors, values } = useFormAnswer();
  const typed = values.message ?? "";
  return (
    <div>
      <label htmlFor="message" className="mb-1 block font-medium">
        Personal message
      </label>
      <p id="message-hint" className="mb-1 text-base-content/75 text-sm">
        Goes into the mail as plain text, without links. Up to 1,000 characters; may stay empty.
      </p>
      <textarea
        key={typed}
        id="message"
        name="message"
        rows={3}
        defaultValue={typed}
        aria-invalid={errors.message ? true : undefined}
        aria-describedby={`message-hint${errors.message ? " message-error" : ""}`}
        className={`textarea w-full ${errors.message ? "textarea-error" : ""}`}
      />
      {errors.message && (
        <p id="message-error" role="alert" className="mt-1 break-words text-error text-sm">
          {errors.message}
        </p>
      )}
    </div>
  );
}
