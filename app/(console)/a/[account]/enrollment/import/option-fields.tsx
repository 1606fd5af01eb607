"use client";
import { useFormAnswer } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { duration } from "#app/_components/number.ts";
import type { ImportDefaults } from "#lib/imports/import-defaults.ts";
import { Tick } from "../tick.tsx";
import type { KeptOptions } from "./kept-options.ts";

export type OptionProps = { kept: KeptOptions; defaults: ImportDefaults };

/** Out of the way, but open where something other than usual was chosen or is wrong. */
export function OptionFields({ kept, defaults }: OptionProps) {
  const { values, errors } = useFormAnswer();
  const answered = values.usualClearWord !== undefined;
  const chosen = answered
    ? { createUnknown: values.createUnknown === "on", alert: values.alert === "on" }
    : kept;
  const unusual = kept.createUnknown || kept.clearWord !== null || !kept.alert;
  return (
    <details open={unusual || answered || undefined}>
      <summary className="link w-fit">Options</summary>
      <div className="mt-3 max-w-prose space-y-4">
        <input type="hidden" name="usualClearWord" value={defaults.clearWord} />
        <Tick
          name="createUnknown"
          label="Create unknown people"
          ticked={chosen.createUnknown}
          hint="A row that says Update and names somebody who is not here adds and invites that person. Otherwise the row fails."
        />
        <Field
          key={errors.clearWord}
          name="clearWord"
          label="Clear word"
          hint="A cell that holds just this empties its field. 1 to 20 characters."
          defaultValue={values.clearWord ?? kept.clearWord ?? defaults.clearWord}
          autoComplete="off"
          className={`input w-40 ${errors.clearWord ? "input-error" : ""}`}
        />
        <Tick
          name="alert"
          label="Email me when it ends"
          ticked={chosen.alert}
          hint={`A mail goes out when the import took longer than ${duration(defaults.longRunSeconds).replace(/^1 /, "a ")}.`}
        />
      </div>
    </details>
  );
}
