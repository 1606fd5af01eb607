// npm run faults [-- --short] [--rows N] [--only TEXT]: what a crash may not do. Every scenario is worked by the product's own worker processes on
// a Postgres and a mail provider of its own, and its end is compared with that of an undisturbed run.
import { parseArgs } from "node:util";
import { startTestCluster } from "#tests/support/test-cluster.ts";
import { crowd, type Disturbance, killIn, pauseIn, provider, restartIn } from "./scenarios.ts";
import { openStage } from "./stage.ts";
import { judge, type Tables, tablesOf, type Verdict } from "./verdict.ts";
import { isOver, type Phase, until } from "./watch.ts";

type Scenario = { name: string; injections: number; rows: number; disturb: Disturbance; compare?: string[] };
type Row = Verdict & { scenario: string; injections: number; wanted: number; longest: number };

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    rows: { type: "string" },
    only: { type: "string", default: "" },
  },
});
const short = values.short;
const rows = Number(values.rows ?? (short ? 5_000 : 100_000));
const mailRows = short ? 1_000 : 10_000;
const aimSeconds = 15;
const mostRounds = 6;
const phases: Phase[] = ["reading", "planning", "applying", "sending"];
/** The short round is there to see that nothing is broken outright, in little over a minute. */
const fewPhases: Phase[] = short ? ["applying", "sending"] : phases;

const cluster = await startTestCluster();
const undisturbed = new Map<number, Tables>();

const apart: Scenario[] = [
  ...phases.map((phase) => ({
    name: `kill -9 in ${phase}`,
    injections: short ? 1 : 10,
    rows,
    disturb: killIn(phase),
  })),
  ...fewPhases.map((phase) => ({
    name: `SIGSTOP, SIGCONT in ${phase}`,
    injections: 1,
    rows,
    disturb: pauseIn(phase),
  })),
  {
    name: "four workers, two runs of one file",
    injections: 4,
    rows,
    disturb: crowd,
    compare: ["people", "invitations", "mails"],
  },
  {
    name: "provider: 429",
    injections: 1,
    rows: mailRows,
    disturb: provider(3, { status: 429, name: "rate_limit_exceeded", retryAfterSeconds: 1 }),
  },
  { name: "provider: 500", injections: 1, rows: mailRows, disturb: provider(3, { status: 500 }) },
  {
    name: "provider: 500 after accepting",
    injections: 1,
    rows: mailRows,
    disturb: provider(4, { status: 500, accept: true }),
  },
  {
    name: "provider: answer lost after accepting",
    injections: 1,
    rows: mailRows,
    disturb: provider(3, { lose: "after" }),
  },
  {
    name: "provider: answers after 9 s",
    injections: 1,
    rows: mailRows,
    disturb: provider(7, { delayMs: 9_000 }),
  },
];
/** These take the whole cluster down. So few mails may all be out before they are seen going: the long round has that phase. */
const restartPhases: Phase[] = short ? ["applying"] : phases;
const together: Scenario[] = restartPhases.map((phase) => ({
  name: `Postgres immediate restart in ${phase}`,
  injections: 1,
  rows,
  disturb: restartIn(phase, cluster.crashAndRestart),
}));

async function play({ name, injections, rows: count, disturb, compare }: Scenario): Promise<Row> {
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
    const stage = await openStage(cluster.info, name, count);
    try {
      const runId = await stage.request();
      recoveries.push(...(await disturb(stage, runId, injections - recoveries.length)));
      await until(stage, runId, isOver);
      const verdict = await judge(stage, runId, undisturbed.get(count) ?? null, compare);
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

async function calm(count: number): Promise<void> {
  const stage = await openStage(cluster.info, "undisturbed", count);
  const runId = await stage.request();
  stage.startWorker();
  await until(stage, runId, isOver);
  undisturbed.set(count, await tablesOf(stage, runId));
  const verdict = await judge(stage, runId, null);
  await stage.close();
  if (verdict.lost || verdict.duplicated || verdict.differing.length > 0)
    throw new Error(`The undisturbed run is not sound: ${JSON.stringify(verdict)}`);
}

async function playAll(scenarios: Scenario[], atOnce: number): Promise<Row[]> {
  const left = scenarios.filter(({ name }) => name.includes(values.only));
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
  `${String(values[0]).padEnd(40)}${values
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
  for (const count of new Set([rows, mailRows])) await calm(count);
  console.log(`Imports of ${rows} and ${mailRows} lines, compared with undisturbed ones.`);
  console.log(cells("scenario", "injections", "lost", "duplicated", "longest, s", "as calm"));
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
