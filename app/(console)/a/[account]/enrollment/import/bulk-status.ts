import { countOf, number } from "#app/_components/number.ts";
import { bulkWords } from "#lib/runs/report-words.ts";
import type { RunView } from "#lib/runs/run-view.ts";

/** People whom a bulk change would change, or has changed. */
export const changedPeople = ({ counts }: RunView): number =>
  counts.created + counts.updated + counts.deleted + counts.activated;

export function bulkSentence(run: RunView): string {
  const people = countOf(changedPeople(run), "person", "people");
  const done = bulkWords[run.bulkChange?.action ?? ""]?.done ?? "changed";
  switch (run.state) {
    case "completed":
      return `is done: ${people} ${done}${rest(run)}.`;
    case "failed":
      return `broke off. ${run.failure?.sentence ?? ""}`;
    case "cancelled":
      return changedPeople(run) === 0
        ? "was cancelled. Nobody was changed."
        : `was cancelled. ${people} ${done} before; what is done stays.`;
    case "planned":
      return run.mode === "check"
        ? `is planned: ${people} would be ${done}. Nobody has been changed yet.`
        : "is about to be carried out.";
    case "applying":
      return "is being carried out.";
    default:
      return "is being planned. Nobody has been changed yet.";
  }
}

/** ", 3 unchanged, 1 failed" */
function rest({ counts: { unchanged, skipped, failed } }: RunView): string {
  const parts = [
    [unchanged, "as they were"],
    [skipped, "skipped"],
    [failed, "failed"],
  ] as const;
  return parts.map(([count, word]) => (count > 0 ? `, ${number(count)} ${word}` : "")).join("");
}
