"use client";
import { useId } from "react";
import { useFormAnswer } from "#app/_components/action-form.tsx";

type Props = { name: string; label: string; line: number; value: string };

/** A cell; what was typed into it survives a refusal. The column's name is seen on a phone, where there is no header. */
export function MendInput({ name, label, line, value }: Props) {
  const { values } = useFormAnswer();
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="mb-0.5 block text-base-content/75 text-xs sm:sr-only">
        {label}
        <span className="sr-only">, line {line}</span>
      </label>
      <input
        id={id}
        name={name}
        defaultValue={values[name] ?? value}
        autoComplete="off"
        className="input input-sm w-full sm:min-w-44"
      />
    </>
  );
}

export function LeaveOut({ name, line }: { name: string; line: number }) {
  const { values } = useFormAnswer();
  return (
    <label className="flex items-center gap-2 whitespace-nowrap py-1">
      <input
        type="checkbox"
        name={name}
        defaultChecked={values[name] !== undefined}
        className="checkbox checkbox-sm"
      />
      <span className="sm:sr-only">
        Leave out<span className="sr-only"> line {line}</span>
      </span>
    </label>
  );
}
