import { mailProgress } from "#app/_components/mail-progress.ts";
import { countOf, duration, number } from "#app/_components/number.ts";
import { runName } from "#app/_components/run-name.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { bulkInviteSentence } from "./bulk-invite-status.ts";
import { bulkSentence } from "./bulk-status.ts";
import { undoLinks, undoSentence } from "./undo-status.ts";

/** What the page says of one import; small and plain, for it is also fetched every second. */
export type ImportStatus = {
  id: string;
  state: RunView["state"];
  mode: RunView["mode"];
  over: boolean;
  /** Over, and no mail of it is on its way any more. */
  settled: boolean;
  cancellable: boolean;
  applicable: boolean;
  /** What the page calls it: "import". */
  word: string;
  fileName: string;
  sentence: string;
  /** Absent when it is not known how much there is to do. */
  progress: { done: number; of: number } | null;
  steps: { label: string; text: string; href?: string }[];
  /** What is to be looked at or decided next; paths. */
  links: { text: string; href: string }[];
  /** Paths. */
  report: string;
  live: string;
};

export function isOver(run: RunView): boolean {
  const ended = run.state === "completed" || run.state === "failed" || run.state === "cancelled";
  return ended || (run.mode === "check" && run.state === "planned");
}

export function importStatus(run: RunView, base: string): ImportStatus {
  return {
    id: run.id,
    state: run.state,
    mode: run.mode,
    over: isOver(run),
    settled: isOver(run) && run.progress.mailsWaiting === 0,
    word: run.kind === "bulk_invite" ? "bulk invite" : "import",
    fileName: run.undoes || run.bulkChange ? runName(run) : (run.fileName ?? "The file"),
    cancellable: !isOver(run) && !run.cancelRequested,
    applicable: run.applicable,
    sentence: sentence(run),
    progress: isOver(run) ? null : progress(run),
    steps: steps(run),
    links: links(run, `${base}/runs/${run.id}`),
    report: `${base}/runs/${run.id}`,
    live: `${base}/runs/${run.id}/progress`,
  };
}

/** Whether approved removals of a run that was completed before are being carried out now. */
export const isRemoving = (run: RunView): boolean => run.removals === "approved" && !isOver(run);

function links(run: RunView, report: string): ImportStatus["links"] {
  if (run.undoes) return undoLinks(run, report);
  if (run.mode === "check" && run.state === "planned")
    return [{ text: "Changes, field by field", href: `${report}/changes` }];
  if (run.state !== "completed") return [];
  const { waiting, failed } = run.counts;
  const wait = waiting === 1 ? "waits" : "wait";
  return [
    run.removals === "waiting" && {
      text: `${countOf(waiting, "person", "people")} ${wait} for approval`,
      href: `${report}#removals`,
    },
    run.kind === "import" &&
      failed > 0 && { text: `Mend ${countOf(failed, "failed row")}`, href: `${report}/mend` },
  ].filter((link) => link !== false);
}

function sentence(run: RunView): string {
  if (run.cancelRequested && !isOver(run))
    return "is being cancelled, after the part that is being done now.";
  if (run.undoes) return undoSentence(run);
  if (run.bulkChange) return bulkSentence(run);
  if (run.kind === "bulk_invite") return bulkInviteSentence(run);
  if (isRemoving(run)) return "was imported. The suspensions that were approved are being carried out.";
  switch (run.state) {
    case "completed":
      return imported(run);
    case "failed":
      return `was not imported. ${run.failure?.sentence ?? ""}`;
    case "cancelled":
      return cancelled(run);
    case "queued":
      return queued(run.progress.queuePlace);
    case "planned":
      return run.mode === "check"
        ? `was checked; nothing has been changed. An import would give: ${countsInWords(run)}.`
        : "is about to be applied.";
    case "mapping":
      return "waits for its columns to be named.";
    default:
      return { reading: "is being read.", planning: "is being planned.", applying: "is being applied." }[
        run.state
      ];
  }
}

function imported(run: RunView): string {
  const { rows, failed } = run.counts;
  const early = run.cancelRequested ? " before it could be cancelled" : "";
  if (rows === 0 || failed < rows) return `was imported${early}. ${countsInWords(run)}.`;
  return `was read, but nobody was imported: ${rows === 1 ? "its only row" : `all ${number(rows)} rows`} failed.`;
}

function cancelled(run: RunView): string {
  const { created, updated, deleted, activated } = run.counts;
  if (created + updated + deleted + activated === 0) return "was cancelled before anything was changed.";
  return `was cancelled. ${countsInWords(run)}. What is done stays; import the file again to do the rest.`;
}

function queued(place: number | null): string {
  if (place === null || place <= 1) return "is next in the queue.";
  return `is in the queue, at place ${number(place)}.`;
}

/** The rows that a run cut short did not come to. */
export const notDone = ({ rows, ...outcomes }: RunView["counts"]): number =>
  rows - Object.values(outcomes).reduce((sum, count) => sum + count, 0);

/** "12,480 rows: 11,950 new, 212 updated and 47 failed" */
export function countsInWords(run: RunView): string {
  const { counts } = run;
  const { rows, ...outcomes } = counts;
  const parts = Object.entries({ ...outcomes, "not done": notDone(counts) })
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${number(count)} ${outcomeInWords(run, outcome, count)}`);
  if (parts.length === 0) return countOf(rows, "row");
  return `${countOf(rows, "row")}: ${new Intl.ListFormat("en").format(parts)}`;
}

function outcomeInWords(run: RunView, outcome: string, count: number): string {
  if (outcome === "created") return "new";
  if (outcome !== "waiting") return outcome;
  if (run.mode === "check") return "waiting for approval";
  return `${count === 1 ? "waits" : "wait"} for approval`;
}

function progress(run: RunView): ImportStatus["progress"] {
  const { rowsRead, rowsTotal, planned, applied } = run.progress;
  if (!rowsTotal) return null;
  // Applying writes most, so a row read or planned counts for less than one applied.
  const weight = run.mode === "check" ? { read: 1, plan: 1, apply: 0 } : { read: 1, plan: 1, apply: 3 };
  const done = rowsRead * weight.read + planned * weight.plan + applied * weight.apply;
  return { done, of: rowsTotal * (weight.read + weight.plan + weight.apply) };
}

function rowsLabel(run: RunView): string {
  if (run.undoes || run.bulkChange) return "People";
  return run.kind === "bulk_invite" ? "Addresses read" : "Rows read";
}

function steps(run: RunView): ImportStatus["steps"] {
  const { rowsRead, planned, applied, secondsLeft } = run.progress;
  const all: ImportStatus["steps"] = [
    { label: rowsLabel(run), text: number(rowsRead) },
    { label: "Planned", text: number(planned) },
  ];
  if (run.mode === "apply") {
    all.push({ label: "Applied", text: number(isOver(run) ? applied - run.counts.waiting : applied) });
    if (!run.undoes) all.push(mailProgress(run.progress));
  }
  if (!isOver(run) && !run.cancelRequested)
    all.push({
      label: "Time left",
      text: secondsLeft === null ? "not known yet" : `about ${duration(secondsLeft)}`,
    });
  return all;
}
