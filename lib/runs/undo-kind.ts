import type { RunKind } from "./run-kind.ts";
import { countTaken } from "./undo/count-taken.ts";
import { planUndo } from "./undo/plan-undo.ts";

/** How a run of the kind `undo` plans: it has no file, for its entries are what another run changed. */
export const undoKind: RunKind = {
  async *read() {},
  confirmed: true,
  settle: (run) => [countTaken(run)],
  plan: planUndo,
};
