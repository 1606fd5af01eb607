import type { ReactNode } from "react";
import { Mark } from "#app/_components/mark.tsx";
import { SkipLink } from "#app/_components/skip-link.tsx";

export default function LocalLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="border-base-300 border-b bg-base-200 px-4 py-3 lg:px-6">
        <a href="/" className="flex w-fit items-center gap-2.5 font-semibold">
          <Mark /> Rollcall
        </a>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-4xl px-4 py-8 outline-none">
        {children}
      </main>
    </>
  );
}
