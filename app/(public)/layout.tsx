import type { ReactNode } from "react";
import { Mark } from "#app/_components/mark.tsx";
import { SkipLink } from "#app/_components/skip-link.tsx";
import { ThemeButtons } from "#app/_components/theme-buttons.tsx";
import { currentTheme } from "#app/_web/theme.ts";

export default async function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-screen flex-col bg-base-200">
      <SkipLink />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-md flex-1 px-4 pt-[12vh] pb-10 outline-none"
      >
        <div className="mb-6 flex items-center gap-2.5">
          <Mark />
          <span className="font-semibold text-lg">Rollcall</span>
        </div>
        <div className="rounded-box border border-base-300 bg-base-100 p-6">{children}</div>
      </main>
      <footer className="mx-auto w-full max-w-md px-4 pb-8">
        <ThemeButtons chosen={await currentTheme()} />
      </footer>
    </div>
  );
}
