"use client";
import { useState } from "react";
import { useFormAnswer } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { pickerOnNone } from "./chosen-color.ts";

/** The same colour as text and in the browser's picker; with scripts what is picked is typed as well. */
export function ColorField({ value }: { value: string }) {
  const { values } = useFormAnswer();
  const [typed, type] = useState(value);
  return (
    <div className="grid items-end gap-2 grid-cols-[minmax(0,1fr)_auto]">
      <Field
        key={typed}
        name="logoColor"
        label="Logo colour"
        hint="Of the header and the button, like #005757. Left empty: Rollcall's own."
        autoComplete="off"
        spellCheck={false}
        maxLength={20}
        defaultValue={typed}
      />
      <input
        type="color"
        name="pickedColor"
        aria-label="Pick the logo colour"
        defaultValue={values.pickedColor ?? (value || pickerOnNone)}
        onChange={(event) => type(event.target.value)}
        className="h-10 w-14 cursor-pointer rounded-field border border-base-300 bg-base-100 p-1"
      />
      <input type="hidden" name="shownColor" value={value} />
    </div>
  );
}
