import type { ReactNode } from "react";

/** A page that says one thing. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto max-w-xl px-4 pt-[16vh] pb-10">
      <h1 className="font-semibold text-[1.75rem] leading-tight tracking-tight">{title}</h1>
      <div className="mt-2 space-y-4 text-base-content/75">{children}</div>
    </main>
  );
}
