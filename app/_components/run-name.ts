import { bulkWords } from "#lib/runs/report-words.ts";
import type { RunView } from "#lib/runs/run-view.ts";

type Named = Pick<RunView, "kind" | "undoes" | "fileName" | "bulkChange">;

/** "people.csv", "Make managed", "Undo of people.csv" */
export function runName({ kind, undoes, fileName, bulkChange }: Named): string {
  if (kind === "directory_sync") return "Directory Sync";
  if (undoes?.kind === "directory_sync") return "Undo of a Directory Sync";
  if (undoes) return `Undo of ${undoes.fileName ?? bulkName(undoes.action) ?? "an import"}`;
  return fileName ?? bulkName(bulkChange?.action) ?? "a file";
}

const bulkName = (action: string | null | undefined): string | undefined =>
  action ? bulkWords[action]?.title : undefined;
