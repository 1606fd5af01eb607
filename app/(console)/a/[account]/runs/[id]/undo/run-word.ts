import type { Operation } from "#lib/authorization/permissions.ts";
import { operationsOfRuns } from "#lib/runs/operations-of-runs.ts";
import type { RunView } from "#lib/runs/run-view.ts";

/** What a run that can be undone is called in the middle of a sentence. */
export const runWord = ({ kind }: Pick<RunView, "kind">): string =>
  kind === "bulk_change" ? "change" : kind === "bulk_invite" ? "bulk invite" : "import";

export const mayUndo = ({ kind }: Pick<RunView, "kind">): Operation =>
  operationsOfRuns.undo[kind === "bulk_change" || kind === "bulk_invite" ? kind : "import"];
