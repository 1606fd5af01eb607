import type { ReactNode } from "react";
import { Disclosure } from "#app/_components/disclosure.tsx";
import { Mark } from "#app/_components/mark.tsx";
import { SkipLink } from "#app/_components/skip-link.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { ConsoleNavigation } from "./console-navigation.tsx";
import { PersonMenu } from "./person-menu.tsx";

type Props = { children: ReactNode; params: Promise<{ account: string }> };

export default async function ConsoleLayout({ children, params }: Props) {
  const actor = await currentActor((await params).account, "own_page.view");
  return (
    <div className="lg:grid lg:min-h-screen lg:grid-cols-[14rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
      <SkipLink />
      <header className="flex min-h-14 items-center gap-3 border-base-300 border-b bg-base-200 px-4 py-2 lg:col-span-2 lg:px-6">
        {actor.isAdmin && (
          <Disclosure id="menu" label="Menu" side="left" className="lg:hidden">
            <ConsoleNavigation actor={actor} />
          </Disclosure>
        )}
        <a href={`/a/${actor.accountSlug}`} className="flex min-w-0 items-center gap-2.5 rounded-field">
          <Mark />
          <span className="truncate font-semibold">{actor.accountName}</span>
        </a>
        <div className="ml-auto">
          <PersonMenu actor={actor} />
        </div>
      </header>
      {actor.isAdmin && (
        <aside className="hidden border-base-300 border-r bg-base-200 px-4 py-6 lg:block">
          <ConsoleNavigation actor={actor} />
        </aside>
      )}
      <main
        id="main"
        tabIndex={-1}
        className={`min-w-0 px-4 py-6 outline-none sm:px-6 lg:px-8 lg:py-8 ${actor.isAdmin ? "" : "lg:col-span-2"}`}
      >
        <div className="max-w-6xl">{children}</div>
      </main>
    </div>
  );
}
