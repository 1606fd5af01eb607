"use client";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";

type Props = {
  className?: string;
  name?: string;
  value?: string;
  /** What it says while its press is on the way, where that can take seconds. */
  meanwhile?: string;
  children: ReactNode;
};

/** Takes one press: while the form is on its way a second does nothing. */
export function SubmitButton({ className = "btn btn-primary", children, meanwhile, ...rest }: Props) {
  const { pending, data } = useFormStatus();
  const isMine = pending && (rest.name === undefined || data?.get(rest.name) === rest.value);
  return (
    <button
      type="submit"
      className={className}
      aria-disabled={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
      {...rest}
    >
      {isMine && meanwhile ? meanwhile : children}
    </button>
  );
}
