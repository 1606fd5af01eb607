import type { Crumb } from "#app/_components/page.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";

/** The way to a page of the settings. */
export const settingsCrumbs = (actor: UserActor, ...further: Crumb[]): Crumb[] => [
  { href: `/a/${actor.accountSlug}`, label: actor.accountName },
  { href: `/a/${actor.accountSlug}/settings`, label: "Settings" },
  ...further,
];
