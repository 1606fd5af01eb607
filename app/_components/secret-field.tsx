"use client";
import { useState } from "react";
import { Field } from "./field.tsx";

type Props = { name: string; label: string; hint: string; given?: string };

/**
 * A password that is not written into the page by an answer. With scripts the browser keeps what was typed until it is
 * saved: give a `key` that a save changes.
 */
export function SecretField({ given = "", ...field }: Props) {
  const [typed, type] = useState(given);
  return (
    <Field
      {...field}
      type="password"
      autoComplete="new-password"
      value={typed}
      onChange={(event) => type(event.target.value)}
    />
  );
}
