import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { listEntries } from "#lib/runs/list-entries.ts";
import type { BenchDatabase } from "./bench-database.ts";
import { median } from "./median.ts";

/** Milliseconds for the first and the last page of a run's report: medians of 20 in turn. */
export async function reportPages(
  { appUrl, actor }: BenchDatabase,
  runId: string,
): Promise<{ first: number; last: number }> {
  openDatabase(appUrl, { max: 2 });
  const times = { first: [] as number[], last: [] as number[] };
  try {
    for (let turn = 0; turn < 22; turn++) {
      for (const page of ["first", "last"] as const) {
        const started = performance.now();
        const { entries } = await listEntries(actor, { runId, last: page === "last" });
        if (entries.length === 0) throw new Error(`the ${page} page is empty`);
        // The first two turns open the connection and fill the caches.
        if (turn >= 2) times[page].push(performance.now() - started);
      }
    }
  } finally {
    await closeDatabase();
  }
  return { first: median(times.first), last: median(times.last) };
}
