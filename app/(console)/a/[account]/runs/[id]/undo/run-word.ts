import type { Operation } from "#lib/authorization/permissions.ts";
import { operationsOfRuns } from "#lib/runs/operations-of-runs.ts";
import type { RunView } from "#lib/runs/run-view.ts";

/** What a run that can be undone is called in the middle of a sentence. */
export const runWord = ({ kind }: Pick<RunView, "kind">): string => words[ofUndoable(kind)];

export const mayUndo = ({ kind, bulkChange }: Pick<RunView, "kind" | "bulkChange">): Operation =>
  operationsOfRuns.undo[bulkChange?.action === "invite" ? "people_invite" : ofUndoable(kind)];

type Undoable = Exclude<keyof typeof operationsOfRuns.undo, "people_invite">;

const words: Record<Undoable, string> = {
  import: "import",
  bulk_invite: "bulk invite",
  bulk_change: "change",
  directory_sync: "sync",
};

const ofUndoable = (kind: RunView["kind"]): Undoable => (kind in words ? (kind as Undoable) : "import");
