"use client";
import type { InputHTMLAttributes } from "react";
import { Labelled } from "./labelled.tsx";

type Props = InputHTMLAttributes<HTMLInputElement> & { name: string; label: string; hint?: string };

export function Field({ name, label, hint, defaultValue, ...input }: Props) {
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(wired, { value, isWrong }) => (
        <input
          {...wired}
          name={name}
          defaultValue={value ?? defaultValue}
          className={`input w-full ${isWrong ? "input-error" : ""}`}
          {...input}
        />
      )}
    </Labelled>
  );
}
