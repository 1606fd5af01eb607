import { countOf, number } from "#app/_components/number.ts";
import type { RunView } from "#lib/runs/run-view.ts";

/** People whom an undo changes or has changed. */
export const undoneCount = ({ counts }: RunView): number =>
  counts.created + counts.updated + counts.deleted + counts.activated;

export function undoSentence(run: RunView): string {
  const people = countOf(undoneCount(run), "person", "people");
  const { skipped } = run.counts;
  switch (run.state) {
    case "completed":
      return `is done. ${people} changed back${skipped > 0 ? `, ${number(skipped)} left as they are` : ""}.`;
    case "failed":
      return `broke off. ${run.failure?.sentence ?? ""}`;
    case "cancelled":
      return undoneCount(run) === 0
        ? "was cancelled. Nobody was changed."
        : `was cancelled. ${people} changed back before; the rest can be undone from the report of the import.`;
    case "planned":
      return run.mode === "check"
        ? `is planned. It would change ${people}; nobody has been changed yet.`
        : "is about to be carried out.";
    case "applying":
      return "is being carried out.";
    default:
      return "is being planned. Nobody has been changed yet.";
  }
}

export const undoLinks = ({ undoes, state, mode }: RunView, report: string) =>
  undoes && state === "planned" && mode === "check"
    ? [{ text: "Look through it and decide", href: report.replace(/[^/]+$/, `${undoes.runId}/undo`) }]
    : [];
