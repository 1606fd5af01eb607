import type { Operation } from "#lib/authorization/permissions.ts";

/** What it takes to look at, stop or take back a run, by its kind; an undo counts as what it takes back. */
export const operationsOfRuns = {
  view: { import: "imports.view", bulk_change: "bulk_changes.view" },
  cancel: { import: "imports.cancel", bulk_change: "bulk_changes.create" },
  undo: { import: "imports.undo", bulk_change: "bulk_changes.create" },
} as const satisfies Record<string, Record<string, Operation>>;

/** Of one of them: the operations of which one is needed before it is known which run it is. */
export const anyOf = (what: keyof typeof operationsOfRuns): Operation[] =>
  Object.values(operationsOfRuns[what]);
