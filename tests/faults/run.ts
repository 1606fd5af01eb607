// npm run faults [-- --short] [--rows N] [--people N] [--only TEXT]: what a crash may not do. Every scenario is worked by the product's own
// worker processes on a Postgres and a mail provider of its own, imports and directory syncs alike, and its end is compared with that of an
// undisturbed run.
import { parseArgs } from "node:util";
import { startTestCluster } from "#tests/support/test-cluster.ts";
import { importTrial } from "./import-trial.ts";
import { disturbedImports, disturbedSyncs, joined, type Scenario } from "./rounds.ts";
import { openStage } from "./stage.ts";
import { syncTrial } from "./sync-trial.ts";
import type { Tables, Trial } from "./trial.ts";
import { judge, type Verdict } from "./verdict.ts";
import { isOver, until } from "./watch.ts";

type Row = Verdict & { scenario: string; injections: number; wanted: number; longest: number };

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    rows: { type: "string" },
    people: { type: "string" },
    only: { type: "string", default: "" },
  },
});
const { short } = values;
const rows = Number(values.rows ?? (short ? 5_000 : 100_000));
const people = Number(values.people ?? (short ? 1_000 : 5_000));
const aimSeconds = 15;
const mostRounds = 6;

const cluster = await startTestCluster();
const undisturbed = new Map<Trial, Tables>();

const imports = importTrial(rows);
const mails = importTrial(short ? 1_000 : 10_000);
const syncs = [syncTrial(people, "first"), syncTrial(people, "changes")];
const { apart, together } = joined(
  disturbedImports({ imports, mails, short, crash: cluster.crashAndRestart }),
  ...syncs.map((trial) => disturbedSyncs({ trial, short, crash: cluster.crashAndRestart })),
);

async function play({ name, trial, injections, disturb, compare }: Scenario): Promise<Row> {
  const recoveries: number[] = [];
  const row: Row = {
    scenario: `${trial.name}: ${name}`,
    injections: 0,
    wanted: injections,
    longest: 0,
    lost: 0,
    duplicated: 0,
    suspended: 0,
    differing: [],
  };
  for (let round = 0; round < mostRounds && recoveries.length < injections; round += 1) {
    const stage = await openStage(cluster.info, name, trial);
    try {
      const runId = await stage.request();
      recoveries.push(...(await disturb(stage, runId, injections - recoveries.length)));
      await until(stage, runId, isOver);
      const verdict = await judge(stage, runId, undisturbed.get(trial) ?? null, compare);
      row.lost += verdict.lost;
      row.duplicated += verdict.duplicated;
      row.suspended += verdict.suspended;
      row.differing.push(...verdict.differing);
    } catch (error) {
      row.differing.push(String(error));
      break;
    } finally {
      await stage.close();
    }
  }
  return { ...row, injections: recoveries.length, longest: Math.max(0, ...recoveries) };
}

async function calm(trial: Trial): Promise<void> {
  const stage = await openStage(cluster.info, "undisturbed", trial);
  try {
    const runId = await stage.request();
    stage.startWorker();
    await until(stage, runId, isOver);
    const tables = await stage.tables(runId);
    undisturbed.set(trial, tables);
    console.log(`Undisturbed ${trial.name}: ${tables.run}`);
    const verdict = await judge(stage, runId, null);
    if (verdict.lost || verdict.duplicated || verdict.suspended || verdict.differing.length > 0)
      throw new Error(`The undisturbed ${trial.name} is not sound: ${JSON.stringify(verdict)}`);
  } finally {
    await stage.close();
  }
}

const isWanted = ({ name, trial }: Scenario) => `${trial.name}: ${name}`.includes(values.only);

async function playAll(scenarios: Scenario[], atOnce: number): Promise<Row[]> {
  const left = scenarios.filter(isWanted);
  const done: Row[] = [];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const row = await play(next);
      done.push(row);
      console.log(line(row));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return done;
}

const cells = (...values: (string | number)[]) =>
  `${String(values[0]).padEnd(70)}${values
    .slice(1)
    .map((value) => String(value).padStart(12))
    .join("")}`;
const line = (row: Row) =>
  cells(
    row.scenario,
    row.injections,
    row.lost,
    row.duplicated,
    row.suspended,
    row.longest.toFixed(1),
    isGood(row) ? "yes" : "NO",
  );
const isGood = (row: Row) =>
  row.lost === 0 &&
  row.duplicated === 0 &&
  row.suspended === 0 &&
  row.differing.length === 0 &&
  row.injections >= row.wanted &&
  row.longest <= aimSeconds;

try {
  const began = performance.now();
  const needed = new Set([...apart, ...together].filter(isWanted).map(({ trial }) => trial));
  await Promise.all([...needed].map(calm));
  console.log(cells("scenario", "injections", "lost", "duplicated", "suspended", "longest, s", "as calm"));
  const played = [...(await playAll(apart, short ? 6 : 2)), ...(await playAll(together, 1))];
  const bad = played.filter((row) => !isGood(row));
  for (const row of bad)
    console.log(
      `\n${row.scenario}: ${row.injections} of ${row.wanted} injections. ${row.differing.join("; ")}`,
    );
  console.log(
    `\n${played.length - bad.length} of ${played.length} scenarios good in ${((performance.now() - began) / 1000).toFixed(0)} s.`,
  );
  process.exitCode = bad.length > 0 ? 1 : 0;
} finally {
  await cluster.stop();
}
