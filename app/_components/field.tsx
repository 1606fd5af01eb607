"use client";
import { type InputHTMLAttributes, useId } from "react";
import { useFormAnswer } from "./action-form.tsx";

type Props = InputHTMLAttributes<HTMLInputElement> & { name: string; label: string; hint?: string };

export function Field({ name, label, hint, defaultValue, ...input }: Props) {
  const id = useId();
  const { errors, values } = useFormAnswer();
  const error = errors[name];
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
      <input
        id={id}
        name={name}
        defaultValue={values[name] ?? defaultValue}
        aria-invalid={error ? true : undefined}
        aria-describedby={
          [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined
        }
        className={`input w-full ${error ? "input-error" : ""}`}
        {...input}
      />
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-error text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
