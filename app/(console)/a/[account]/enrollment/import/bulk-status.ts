import { countOf, number } from "#app/_components/number.ts";
import { isInvitationAction } from "#lib/runs/operations-of-runs.ts";
import { bulkWords } from "#lib/runs/report-words.ts";
import type { RunView } from "#lib/runs/run-view.ts";

/** People whom a bulk change would change, or has changed. */
export const changedPeople = ({ counts }: RunView): number =>
  counts.created + counts.updated + counts.deleted + counts.activated;

/** "3 people", "1 invitation": what it would change, or has changed. */
export function changedInWords(run: RunView): string {
  const { one } = bulkWords[run.bulkChange?.action ?? ""] ?? {};
  return one ? countOf(changedPeople(run), one) : countOf(changedPeople(run), "person", "people");
}

export function bulkSentence(run: RunView): string {
  const people = changedInWords(run);
  const [nobody, untouched] = isInvitationAction(run.bulkChange?.action)
    ? ["No invitation was touched.", "Nothing has been sent or revoked yet."]
    : ["Nobody was changed.", "Nobody has been changed yet."];
  const done = bulkWords[run.bulkChange?.action ?? ""]?.done ?? "changed";
  switch (run.state) {
    case "completed":
      return `is done: ${people} ${done}${rest(run)}.`;
    case "failed":
      return `broke off. ${run.failure?.sentence ?? ""}`;
    case "cancelled":
      return changedPeople(run) === 0
        ? `was cancelled. ${nobody}`
        : `was cancelled. ${people} ${done} before; what is done stays.`;
    case "planned":
      return run.mode === "check"
        ? `is planned: ${people} would be ${done}. ${untouched}`
        : "is about to be carried out.";
    case "applying":
      return "is being carried out.";
    default:
      return `is being planned. ${untouched}`;
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
