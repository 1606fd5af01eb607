import { type Bench, mixRound, type Pair } from "./import-round.ts";
import { median } from "./median.ts";
import type { PeopleFile } from "./people-file.ts";
import { ratio, round2, tellPair } from "./tell-pair.ts";

const bar = 1.4;

export const mixedAsks = ["New", "Update", "Delete"] as const;

type Mix = Omit<Bench, "file"> & {
  file: PeopleFile;
  warmUp: PeopleFile;
  rounds: number;
  withinBound: boolean;
};

/**
 * Rounds of a file of a third each New, Update and Delete; false past the bar. Removing half of an account always waits
 * for approval; `withinBound`: as many others beside, of whom the file says nothing, so that it goes through by itself.
 */
export async function mixRounds({ file, warmUp, rounds, withinBound, ...bench }: Mix): Promise<boolean> {
  const round = (which: PeopleFile) => mixRound({ ...bench, file: which }, withinBound ? which.rows : 0);
  tellPair("warm-up", "mixed", await round(warmUp));
  const done: Pair[] = [];
  for (let nth = 1; nth <= rounds; nth++) {
    const pair = await round(file);
    done.push(pair);
    tellPair(`round ${nth}`, "mixed", pair);
  }
  const found = round2(median(done.map(ratio)));
  const approved = median(done.map(({ product }) => product.steps.approved ?? 0));
  console.log(
    `median ratio: ${found} (bar ${bar}), removals ${approved > 0 ? "after approval, which is counted in" : "within the bound"}`,
  );
  console.log(found > bar ? `PAST THE BAR: mixed import ${found}, bar ${bar}` : "within the bar");
  const rowsPerSecond = Math.round(file.rows / (median(done.map(({ product }) => product.ms)) / 1000));
  const memory = Math.max(...done.map((pair) => pair.memory ?? 0));
  const line = { bench: "import-mix", rows: file.rows, rounds, withinBound, mixed: found, rowsPerSecond };
  console.log(JSON.stringify({ ...line, approvedSeconds: round2(approved / 1000), workerMiB: memory }));
  return found <= bar;
}
