import type { Crumb } from "#app/_components/page.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Operation } from "#lib/authorization/permissions.ts";
import { bulkKindOf, isInvitationAction, operationsOfRuns } from "#lib/runs/operations-of-runs.ts";
import type { RunView } from "#lib/runs/run-view.ts";

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

/** The way to what lies below the page Bulk Invite. */
export const bulkInviteCrumbs = (actor: UserActor): Crumb[] => [
  ...enrollmentCrumbs(actor),
  { href: `${baseOf(actor)}/enrollment/bulk-invite`, label: "Bulk Invite" },
];

/** The way to the report of a change of many people. */
export const bulkCrumbs = (actor: UserActor): Crumb[] => [
  { href: baseOf(actor), label: actor.accountName },
  { href: `${baseOf(actor)}/users`, label: "Users" },
  { href: `${baseOf(actor)}/runs`, label: "History of Bulk Work" },
];

/** The way to the report of a change of many invitations. */
export const invitationCrumbs = (actor: UserActor): Crumb[] => [
  { href: baseOf(actor), label: actor.accountName },
  { href: `${baseOf(actor)}/invitations`, label: "Invitations" },
  { href: `${baseOf(actor)}/runs`, label: "History of Bulk Work" },
];

const ofInvitations = ({ bulkChange }: Pick<RunView, "bulkChange">): boolean =>
  isInvitationAction(bulkChange?.action);

/** What it takes to carry out, or to stop, a change of many. */
export const mayChange = (run: Pick<RunView, "bulkChange">): Operation =>
  operationsOfRuns.cancel[bulkKindOf(run.bulkChange?.action)];

/** Whether the run changes people who were picked, or takes such a change back. */
export const isBulk = ({ kind, undoes }: Pick<RunView, "kind" | "undoes">): boolean =>
  (undoes?.kind ?? kind) === "bulk_change";

/** Whether the run invites the addresses of a list, or takes that back. */
export const isBulkInvite = ({ kind, undoes }: Pick<RunView, "kind" | "undoes">): boolean =>
  (undoes?.kind ?? kind) === "bulk_invite";

/** Whether the run keeps people true to the directory, or takes that back. */
export const isSync = ({ kind, undoes }: Pick<RunView, "kind" | "undoes">): boolean =>
  (undoes?.kind ?? kind) === "directory_sync";

/** The way to what lies below the page Directory Sync. */
export const syncCrumbs = (actor: UserActor): Crumb[] => [
  ...enrollmentCrumbs(actor),
  { href: `${baseOf(actor)}/enrollment/directory-sync`, label: "Directory Sync" },
];

/** The title of a run's report, by what it is about. */
export function reportTitle(run: Pick<RunView, "kind" | "undoes">): string {
  if (isBulk(run)) return "Report on Bulk Change";
  if (isSync(run)) return "Report on Active Directory Sync";
  return isBulkInvite(run) ? "Report on File Based Bulk User Invite" : "Report On File Import";
}

/** The way to the report of a change of many, whatever it is of. */
export const crumbsOfBulk = (actor: UserActor, run: Pick<RunView, "bulkChange">): Crumb[] =>
  (ofInvitations(run) ? invitationCrumbs : bulkCrumbs)(actor);

/** The way to the report of a run. */
export function historyCrumbs(
  actor: UserActor,
  run: Pick<RunView, "kind" | "undoes" | "bulkChange">,
): Crumb[] {
  const enrollment = `${baseOf(actor)}/enrollment`;
  if (isBulk(run)) return crumbsOfBulk(actor, run);
  if (isBulkInvite(run))
    return [
      ...bulkInviteCrumbs(actor),
      { href: `${enrollment}/bulk-invite/history`, label: "History of Bulk User Invite" },
    ];
  if (isSync(run))
    return [...syncCrumbs(actor), { href: `${enrollment}/directory-sync/history`, label: "Sync History" }];
  return [
    ...importCrumbs(actor),
    { href: `${enrollment}/import/history`, label: "File Based Import History" },
  ];
}

/** The way to what lies below the report. */
export const reportCrumbs = (
  actor: UserActor,
  run: Pick<RunView, "id" | "kind" | "undoes" | "bulkChange">,
): Crumb[] => [
  ...historyCrumbs(actor, run),
  { href: `${baseOf(actor)}/runs/${run.id}`, label: reportTitle(run) },
];
