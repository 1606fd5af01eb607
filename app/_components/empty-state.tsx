import type { ReactNode } from "react";

/** Nothing here yet: why, and what to do next. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-box border border-base-300 border-dashed px-6 py-10 text-center">
      <p className="font-semibold text-lg">{title}</p>
      <div className="mx-auto mt-1 max-w-prose text-base-content/75">{children}</div>
    </div>
  );
}
