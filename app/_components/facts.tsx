import type { ReactNode } from "react";

/** Names at the left, what is known at the right. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-base-300 border-base-300 border-y">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 py-2 sm:grid-cols-[14rem_minmax(0,1fr)]">
      <dt className="text-base-content/75">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
