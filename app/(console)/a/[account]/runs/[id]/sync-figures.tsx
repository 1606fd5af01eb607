import { type Figure, Figures } from "#app/_components/figures.tsx";
import type { Share } from "#app/_components/outcome-bar.tsx";
import type { RunView } from "#lib/runs/run-view.ts";

/** The people of the directory by what became of them. Those of whom nothing had changed are counted, and listed nowhere. */
export function SyncFigures({ run, here }: { run: RunView; here: string }) {
  const { counts } = run;
  const of = (outcome: string) => ({ href: `${here}/results?outcome=${outcome}` });
  const left = notDone(run);
  const figures: Figure[] = [
    { label: "People read", value: counts.rows },
    { label: "New", value: counts.created, ...of("new") },
    { label: "Updated", value: counts.updated, ...of("updated") },
    { label: "Suspended", value: counts.deleted, ...of("deleted") },
    { label: "Restored", value: counts.activated, ...of("activated") },
    {
      label: "Left as they are",
      value: counts.unchanged,
      ...(counts.unchanged > (run.sync?.unlisted ?? 0) ? of("unchanged") : {}),
    },
    { label: "Skipped", value: counts.skipped, tone: "warn", ...of("skipped") },
    { label: "Failed", value: counts.failed, tone: "bad", ...of("failed") },
    ...(counts.waiting > 0
      ? [{ label: "Waiting", value: counts.waiting, tone: "warn" as const, ...of("waiting") }]
      : []),
    ...(left > 0 ? [{ label: "Not done", value: left, tone: "warn" as const, ...of("not_done") }] : []),
  ];
  return <Figures label="People by outcome" wide={4} figures={figures} />;
}

export function sharesOfSync(run: RunView): Share[] {
  const { counts } = run;
  return [
    { label: "New", count: counts.created + counts.activated, tone: "new" },
    { label: "Changed", count: counts.updated + counts.deleted, tone: "changed" },
    { label: "Left as they are", count: counts.unchanged, tone: "same" },
    { label: "Skipped", count: counts.skipped, tone: "skipped" },
    { label: "Waiting", count: counts.waiting, tone: "waiting" },
    { label: "Failed", count: counts.failed, tone: "failed" },
    { label: "Not done", count: notDone(run), tone: "left" },
  ];
}

/** Lines that were planned, and that a run cut short did not come to. People who are gone have a line, and were not read. */
function notDone({ state, counts: { rows: _, ...outcomes }, progress, sync }: RunView): number {
  if (state !== "cancelled" && state !== "failed") return 0;
  const counted = Object.values(outcomes).reduce((sum, count) => sum + count, 0) - (sync?.unlisted ?? 0);
  return Math.max(0, progress.planned - counted);
}
