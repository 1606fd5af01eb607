import type { Counts, Stage, Tables } from "./trial.ts";

export type Verdict = Counts & { differing: string[] };

/** What came of the run, and where that is not what came of the undisturbed one. */
export async function judge(
  stage: Stage,
  runId: string,
  undisturbed: Tables | null,
  compared?: string[],
): Promise<Verdict> {
  const counts = await stage.count(runId);
  const tables = await stage.tables(runId);
  const differing = (compared ?? Object.keys(tables)).filter(
    (name) => undisturbed && tables[name] !== undisturbed[name],
  );
  return { ...counts, differing: [...differing, ...stage.deaths] };
}
