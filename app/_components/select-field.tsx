"use client";
import { useId } from "react";
import { useFormAnswer } from "./action-form.tsx";

type Choice = { value: string; label: string };
type Props = { name: string; label: string; hint?: string; choices: Choice[]; value?: string };

export function SelectField({ name, label, hint, choices, value }: Props) {
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
      <select
        id={id}
        // A form that came back is reset by React: a new key brings its value back.
        key={values[name] ?? "given"}
        name={name}
        defaultValue={values[name] ?? value}
        aria-invalid={error ? true : undefined}
        aria-describedby={described}
        className={`select w-full ${error ? "select-error" : ""}`}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-error text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
