import { countOf, number } from "#app/_components/number.ts";
import type { RunView } from "#lib/runs/run-view.ts";

/** Addresses that the run left as they were. */
const left = [
  ["skipped", "skipped"],
  ["failed", "failed"],
] as const;

export function bulkInviteSentence(run: RunView): string {
  switch (run.state) {
    case "completed":
      return `is done. ${inWords(run)}.`;
    case "failed":
      return `was not worked through. ${run.failure?.sentence ?? ""}`;
    case "cancelled":
      return run.counts.created + run.counts.updated === 0
        ? "was cancelled before anybody was invited."
        : `was cancelled. ${inWords(run)}. What is done stays; upload the file again to do the rest.`;
    case "queued":
      return run.progress.queuePlace && run.progress.queuePlace > 1
        ? `is in the queue, at place ${number(run.progress.queuePlace)}.`
        : "is next in the queue.";
    case "reading":
      return "is being read.";
    case "planning":
      return "is being planned.";
    default:
      return "is being worked through; the invitations are on their way.";
  }
}

/** "12 addresses: 9 invited, 1 mailed again, 1 skipped and 1 failed" */
function inWords({ counts }: RunView): string {
  const parts = [
    [counts.created, "invited"] as const,
    [counts.updated, "mailed again"] as const,
    ...left.map(([outcome, word]) => [counts[outcome], word] as const),
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${number(count)} ${word}`);
  const addresses = countOf(counts.rows, "address", "addresses");
  return told.length > 0 ? `${addresses}: ${new Intl.ListFormat("en").format(told)}` : addresses;
}
