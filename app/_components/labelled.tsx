"use client";
import { type ReactNode, useId } from "react";
import { useFormAnswer } from "./action-form.tsx";

type Wired = {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
};
type Props = {
  name: string;
  label: string;
  hint?: string | undefined;
  /** What is typed or chosen in: `value` is what was sent before, `isWrong` whether it was refused. */
  children: (wired: Wired, answered: { value: string | undefined; isWrong: boolean }) => ReactNode;
};

/** A field of a form with its label, its hint, and what was wrong with what was sent. */
export function Labelled({ name, label, hint, children }: Props) {
  const id = useId();
  const { errors, values } = useFormAnswer();
  const error = errors[name];
  const wired = {
    id,
    "aria-invalid": error ? (true as const) : undefined,
    "aria-describedby": [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined,
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mb-1 text-base-content/75 text-sm">
          {hint}
        </p>
      )}
      {children(wired, { value: values[name], isWrong: error !== undefined })}
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-error text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
