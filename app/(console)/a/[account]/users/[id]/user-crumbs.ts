import type { Crumb } from "#app/_components/page.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";

/** The way to the page of a person. */
export const userCrumbs = (actor: UserActor): Crumb[] => [
  { href: `/a/${actor.accountSlug}`, label: actor.accountName },
  { href: `/a/${actor.accountSlug}/users`, label: "Users" },
];
