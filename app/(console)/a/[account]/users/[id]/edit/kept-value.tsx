"use client";
import { useFormAnswer } from "#app/_components/action-form.tsx";

/** A hidden field that the answer to the form may change. */
export function KeptValue({ name, value }: { name: string; value: string }) {
  const { values } = useFormAnswer();
  return <input type="hidden" name={name} value={values[name] ?? value} />;
}
