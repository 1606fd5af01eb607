import type { WorkedRun } from "#lib/runs/run-kind.ts";

/** The columns of the run's file in its order; `field` is the label of what is read from it, "" where nothing is. */
export const columnsOf = (run: WorkedRun): { field: string }[] =>
  (run.assumed as { columns?: { field: string }[] } | null)?.columns ?? [];

/** Whether a column of the run's file is read as the field of this label; a file without it does not pay for it. */
export const hasColumn = (run: WorkedRun, label: string): boolean =>
  columnsOf(run).some(({ field }) => field === label);
