"use client";
import { useFormAnswer } from "#app/_components/action-form.tsx";
import { Alert } from "#app/_components/alert.tsx";

/** Why the file came here, until the form has an answer of its own. */
export function FileFault({ sentence }: { sentence: string }) {
  if (useFormAnswer().message) return null;
  return <Alert tone="error">{sentence} Or say below what each column holds; the file is kept here.</Alert>;
}
