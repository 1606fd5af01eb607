import type { RunView } from "#lib/runs/run-view.ts";

/** "people.csv", "Undo of people.csv" */
export const runName = ({ undoes, fileName }: Pick<RunView, "undoes" | "fileName">): string =>
  undoes ? `Undo of ${undoes.fileName ?? "an import"}` : (fileName ?? "a file");
