"use client";
import type { KeyboardEvent } from "react";
import { useFormAnswer } from "#app/_components/action-form.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { BoxAnswer } from "./box-answer.ts";

const offers = { resend: "Resend", reactivate: "Reactivate" };

/** One address, or a pasted list: a box of one line that keeps line breaks. */
export function EmailBox({ box, answer }: { box: number; answer: BoxAnswer }) {
  const name = `email${box}`;
  const { errors, values } = useFormAnswer();
  const typed = values[name] ?? "";
  const told = errors[name] ? { address: "", tone: "bad" as const, text: errors[name], offer: null } : answer;
  const isBad = told?.tone === "bad" && typed !== "";
  return (
    <div className="grid gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div>
        <label htmlFor={name} className="mb-1 block font-medium">
          Email {box}
        </label>
        <textarea
          // A form that came back is reset by React: a new key brings its value back.
          key={typed}
          id={name}
          name={name}
          rows={1}
          defaultValue={typed}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="email"
          onKeyDown={sendOnEnter}
          aria-invalid={isBad || undefined}
          aria-describedby={told ? `${name}-answer` : undefined}
          className={`textarea field-sizing-content max-h-40 min-h-10 w-full resize-none ${isBad ? "textarea-error" : ""}`}
        />
      </div>
      {told && (
        <div
          id={`${name}-answer`}
          className="flex flex-wrap items-center gap-x-3 gap-y-2 self-center text-sm sm:pt-7"
        >
          <p className={`min-w-0 break-words ${told.tone === "good" ? "text-success" : "text-error"}`}>
            {told.tone === "good" && <strong className="break-all font-medium">{told.address}: </strong>}
            {told.text}
          </p>
          {told.offer && (
            <SubmitButton className="btn btn-quiet btn-xs" name="offer" value={String(box - 1)}>
              {offers[told.offer.do]}
            </SubmitButton>
          )}
        </div>
      )}
    </div>
  );
}

/** It looks like a field of one line, where Enter sends; Shift and Enter begin a new line. */
function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
