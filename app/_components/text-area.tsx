"use client";
import type { TextareaHTMLAttributes } from "react";
import { Labelled } from "./labelled.tsx";

type Props = TextareaHTMLAttributes<HTMLTextAreaElement> & { name: string; label: string; hint?: string };

export function TextArea({ name, label, hint, defaultValue, ...area }: Props) {
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(wired, { value, isWrong }) => (
        <textarea
          {...wired}
          name={name}
          defaultValue={value ?? defaultValue}
          className={`textarea w-full ${isWrong ? "textarea-error" : ""}`}
          {...area}
        />
      )}
    </Labelled>
  );
}
