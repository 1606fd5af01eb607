"use client";
import { type TextareaHTMLAttributes, useId } from "react";
import { useFormAnswer } from "./action-form.tsx";

type Props = TextareaHTMLAttributes<HTMLTextAreaElement> & { name: string; label: string; hint?: string };

export function TextArea({ name, label, hint, defaultValue, ...area }: Props) {
  const id = useId();
  const { errors, values } = useFormAnswer();
  const error = errors[name];
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
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
      <textarea
        id={id}
        name={name}
        defaultValue={values[name] ?? defaultValue}
        aria-invalid={error ? true : undefined}
        aria-describedby={described}
        className={`textarea w-full ${error ? "textarea-error" : ""}`}
        {...area}
      />
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-error text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
