"use client";
import type { ReactNode } from "react";
import { Chevron } from "#app/_components/disclosure.tsx";
import { Mark } from "#app/_components/mark.tsx";
import { SkipLink } from "#app/_components/skip-link.tsx";
import { ZoneTold } from "#app/_components/zone-told.tsx";
import type { NavigationGroup, NavigationLink } from "./navigation.ts";
import { type Person, PersonMenu } from "./person-menu.tsx";

type Props = {
  home: string;
  account: string;
  person: Person;
  /** Null for people without a role, who see no console. */
  navigation: NavigationGroup[] | null;
  children: ReactNode;
};

/** What is around every page of an account; as data, since it would else be sent once more as elements. */
export function ConsoleFrame({ home, account, person, navigation, children }: Props) {
  return (
    <div className="lg:grid lg:min-h-screen lg:grid-cols-[14rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
      <SkipLink />
      <header className="flex min-h-14 items-center gap-3 border-base-300 border-b bg-base-200 px-4 py-2 lg:col-span-2 lg:px-6">
        {navigation && (
          <button type="button" popoverTarget="menu" className="btn btn-quiet btn-sm lg:hidden">
            Menu
            <Chevron />
          </button>
        )}
        <a href={home} className="flex min-w-0 items-center gap-2.5 rounded-field">
          <Mark />
          <span className="truncate font-semibold">{account}</span>
        </a>
        <div className="ml-auto">
          <PersonMenu home={home} person={person} />
        </div>
      </header>
      {navigation && <Navigation groups={navigation} />}
      <main
        id="main"
        tabIndex={-1}
        className={`min-w-0 px-4 py-6 outline-none sm:px-6 lg:px-8 lg:py-8 ${navigation ? "" : "lg:col-span-2"}`}
      >
        <div className="max-w-6xl">
          {children}
          <footer className="mt-10">
            <ZoneTold />
          </footer>
        </div>
      </main>
    </div>
  );
}

/** One for all widths: a panel that the button opens on a narrow screen, a column on a wide one (globals.css). */
const Navigation = ({ groups }: { groups: NavigationGroup[] }) => (
  <nav id="menu" popover="auto" aria-label="Main" className="main-menu">
    {groups.map(({ head, links }) => (
      <div key={head?.[0] ?? ""}>
        {head && <Link link={head} />}
        <ul>
          {links.map((link) => (
            <li key={link[0]}>
              <Link link={link} />
            </li>
          ))}
        </ul>
      </div>
    ))}
  </nav>
);

const Link = ({ link: [href, label, current] }: { link: NavigationLink }) => (
  <a href={href} aria-current={current ?? undefined}>
    {label}
  </a>
);
