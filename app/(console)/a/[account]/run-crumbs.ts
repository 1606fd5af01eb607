import type { Crumb } from "#app/_components/page.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";

const baseOf = (actor: UserActor) => `/a/${actor.accountSlug}`;

/** The way to the page Import. */
export const enrollmentCrumbs = (actor: UserActor): Crumb[] => [
  { href: baseOf(actor), label: actor.accountName },
  { href: `${baseOf(actor)}/enrollment`, label: "Enrollment" },
];

/** The way to what lies below it. */
export const importCrumbs = (actor: UserActor): Crumb[] => [
  ...enrollmentCrumbs(actor),
  { href: `${baseOf(actor)}/enrollment/import`, label: "Import" },
];

/** The way to the report of a run. */
export const historyCrumbs = (actor: UserActor): Crumb[] => [
  ...importCrumbs(actor),
  { href: `${baseOf(actor)}/enrollment/import/history`, label: "File Based Import History" },
];

/** The way to what lies below the report. */
export const reportCrumbs = (actor: UserActor, runId: string): Crumb[] => [
  ...historyCrumbs(actor),
  { href: `${baseOf(actor)}/runs/${runId}`, label: "Report On File Import" },
];
