// npm run faults [-- --short] [--rows N] [--people N] [--only TEXT]: what a crash may not do. Every scenario is worked by the product's own worker
// processes on a Postgres, a mail provider and a directory of its own, and its end is compared with that of an undisturbed run.
import { parseArgs } from "node:util";
import { startTestCluster } from "#tests/support/test-cluster.ts";
import { apart, type Scenario, together } from "./all-scenarios.ts";
import { openStage } from "./stage.ts";
import { judge, type Tables, tablesOf, type Verdict } from "./verdict.ts";
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
const short = values.short;
const sizes = {
  rows: Number(values.rows ?? (short ? 5_000 : 100_000)),
  mailRows: short ? 1_000 : 10_000,
  people: Number(values.people ?? (short ? 2_000 : 10_000)),
};
const aimSeconds = 15;
const mostRounds = 6;

const cluster = await startTestCluster();
const undisturbed = new Map<string, Tables>();
const isAsked = ({ name }: Scenario) => name.includes(values.only);
const first = apart(sizes, short).filter(isAsked);
const last = together(sizes, short, cluster.crashAndRestart).filter(isAsked);
const keyOf = ({ subject, rows }: Scenario) => `${subject.name} ${rows}`;

async function play(scenario: Scenario): Promise<Row> {
  const { name, injections, disturb, compare } = scenario;
  const recoveries: number[] = [];
  const row: Row = {
    scenario: name,
    injections: 0,
    wanted: injections,
    longest: 0,
    lost: 0,
    duplicated: 0,
    differing: [],
  };
  for (let round = 0; round < mostRounds && recoveries.length < injections; round += 1) {
    const stage = await openStage(cluster.info, name, scenario);
    try {
      const runId = await stage.request();
      recoveries.push(...(await disturb(stage, runId, injections - recoveries.length)));
      await until(stage, runId, isOver);
      const verdict = await judge(stage, runId, undisturbed.get(keyOf(scenario)) ?? null, compare);
      row.lost += verdict.lost;
      row.duplicated += verdict.duplicated;
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

async function calm(scenario: Scenario): Promise<void> {
  const stage = await openStage(cluster.info, `undisturbed ${keyOf(scenario)}`, scenario);
  const runId = await stage.request();
  stage.startWorker();
  await until(stage, runId, isOver);
  undisturbed.set(keyOf(scenario), await tablesOf(stage, runId));
  const verdict = await judge(stage, runId, null);
  await stage.close();
  if (verdict.lost || verdict.duplicated || verdict.differing.length > 0)
    throw new Error(`The undisturbed run is not sound: ${JSON.stringify(verdict)}`);
}

async function playAll(scenarios: Scenario[], atOnce: number): Promise<Row[]> {
  const left = [...scenarios];
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
  `${String(values[0]).padEnd(56)}${values
    .slice(1)
    .map((value) => String(value).padStart(12))
    .join("")}`;
const line = (row: Row) =>
  cells(
    row.scenario,
    row.injections,
    row.lost,
    row.duplicated,
    row.longest.toFixed(1),
    isGood(row) ? "yes" : "NO",
  );
const isGood = (row: Row) =>
  row.lost === 0 &&
  row.duplicated === 0 &&
  row.differing.length === 0 &&
  row.injections >= row.wanted &&
  row.longest <= aimSeconds;

try {
  const began = performance.now();
  for (const scenario of new Map([...first, ...last].map((each) => [keyOf(each), each])).values())
    await calm(scenario);
  console.log(
    `Imports of ${sizes.rows} and ${sizes.mailRows} lines and directories of ${sizes.people} people, compared with undisturbed ones.`,
  );
  console.log(cells("scenario", "injections", "lost", "duplicated", "longest, s", "as calm"));
  const played = [...(await playAll(first, short ? 6 : 2)), ...(await playAll(last, 1))];
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
