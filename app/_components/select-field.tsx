"use client";
import { Labelled } from "./labelled.tsx";

type Choice = { value: string; label: string };
type Props = { name: string; label: string; hint?: string; choices: Choice[]; value?: string };

export function SelectField({ name, label, hint, choices, value: given }: Props) {
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(wired, { value, isWrong }) => (
        <select
          {...wired}
          // A form that came back is reset by React: a new key brings its value back.
          key={value ?? "given"}
          name={name}
          defaultValue={value ?? given}
          className={`select w-full ${isWrong ? "select-error" : ""}`}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
