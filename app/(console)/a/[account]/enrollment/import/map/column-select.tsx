"use client";
import { useFormAnswer } from "#app/_components/action-form.tsx";
import { type ImportField, importFields } from "#lib/imports/fields.ts";

type Props = { index: number; guess: ImportField | null; label: string };

/** The field that a column fills: the guess, or what the person chose before the form came back. */
export function ColumnSelect({ index, guess, label }: Props) {
  const { values, errors } = useFormAnswer();
  const name = `column-${index}`;
  const chosen = values[name] ?? guess ?? "";
  const error = errors[name];
  return (
    <>
      <select
        // Made anew with what was chosen: a form that comes back is reset to what its fields were made with.
        key={chosen}
        name={name}
        defaultValue={chosen}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-error` : undefined}
        className={`select w-full min-w-44 ${error ? "select-error" : ""}`}
      >
        <option value="">Do not read</option>
        {importFields.map((field) => (
          <option key={field.name} value={field.name}>
            {field.label}
          </option>
        ))}
      </select>
      {error && (
        <p id={`${name}-error`} className="mt-1 text-error text-sm">
          {error}
        </p>
      )}
    </>
  );
}
