"use client";
import { ActionForm } from "#app/_components/action-form.tsx";
import { Disclosure } from "#app/_components/disclosure.tsx";
import { ThemeButtons } from "#app/_components/theme-buttons.tsx";
import type { Theme } from "#app/_web/theme.ts";
import { signOut, signOutEverywhere } from "./sign-out.ts";

/** `local`: what local mode has besides, each with its name. */
export type Person = {
  name: string;
  email: string;
  theme: Theme | undefined;
  local: (readonly [href: string, label: string])[];
};

export function PersonMenu({ home, person }: { home: string; person: Person }) {
  const links = [[`${home}/me`, "Your page"], [`${home}/accounts`, "Switch account"], ...person.local];
  return (
    <Disclosure
      id="person"
      side="right"
      label={<span className="max-w-24 truncate sm:max-w-56">{person.name}</span>}
    >
      <div className="space-y-4">
        <p className="break-words text-sm">
          Signed in as <span className="font-medium">{person.email}</span>
        </p>
        {links.map(([href, label]) => (
          <p key={href} className="text-sm">
            <a className="link" href={href}>
              {label}
            </a>
          </p>
        ))}
        <ThemeButtons chosen={person.theme} />
        <ActionForm action={signOut}>
          <button type="submit" className="btn btn-quiet btn-sm w-full">
            Sign out
          </button>
        </ActionForm>
        <ActionForm action={signOutEverywhere}>
          <button type="submit" className="btn btn-quiet btn-sm w-full">
            Leave all accounts
          </button>
        </ActionForm>
      </div>
    </Disclosure>
  );
}
