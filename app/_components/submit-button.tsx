"use client";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";

type Props = { className?: string; name?: string; value?: string; children: ReactNode };

/** Takes one press: while the form is on its way a second does nothing. */
export function SubmitButton({ className = "btn btn-primary", children, ...rest }: Props) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      className={className}
      aria-disabled={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
      {...rest}
    >
      {children}
    </button>
  );
}
