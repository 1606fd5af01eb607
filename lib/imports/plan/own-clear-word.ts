import type { WorkedRun } from "#lib/runs/run-kind.ts";

/** The clear word that was chosen for this run alone; null: the account's holds. */
export function ownClearWord({ options }: WorkedRun): string | null {
  return typeof options.clearWord === "string" ? options.clearWord : null;
}
