// npm run bench:import [-- --rows 1000000 --rounds 2 --drained]: a first and a second import of one file, against what Postgres
// takes; with --mix [--within-bound] a file of a third each New, Update and Delete in an account that has the latter two.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startStub } from "./mail-processes.ts";
import { startBenchCluster } from "./support/bench-database.ts";
import { type Bench, importRound, type Round } from "./support/import-round.ts";
import { median } from "./support/median.ts";
import { mixedAsks, mixRounds } from "./support/mix-rounds.ts";
import { naiveRate } from "./support/naive.ts";
import { writePeopleFile } from "./support/people-file.ts";
import { reportPages } from "./support/report-pages.ts";
import { ratio, round2, tellPair } from "./support/tell-pair.ts";

const bars = { ratio: 1.4, memory: 350, memoryAbove: 200, lastPage: 1.2 };
const warmUpRows = 100_000;
const naiveRows = 2_000;

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    rounds: { type: "string", default: "5" },
    mix: { type: "boolean", default: false },
    "within-bound": { type: "boolean", default: false },
    drained: { type: "boolean", default: false },
    seed: { type: "string", default: "20260401" },
  },
});
const [rows, rounds, seed] = [Number(values.rows), Number(values.rounds), Number(values.seed)];

const folder = join(import.meta.dirname, "../../.build/bench");
mkdirSync(folder, { recursive: true });
const asks = values.mix ? mixedAsks : undefined;
const file = await writePeopleFile(join(folder, `${process.pid}.csv`), rows, seed, asks);
const small =
  rows > warmUpRows
    ? await writePeopleFile(join(folder, `${process.pid}-small.csv`), warmUpRows, seed, asks)
    : file;
console.log(
  `${rows} rows of ${file.bytesPerRow.toFixed(1)} bytes, ${file.bad} of them bad; seconds, floor and product in turn`,
);

const cluster = await startBenchCluster();
const stub = await startStub(5);
try {
  const bench = { cluster, mailUrl: stub.url, drained: values.drained };
  const withinBound = values["within-bound"];
  const isWithin = values.mix
    ? await mixRounds({ ...bench, file, warmUp: small, rounds, withinBound })
    : await twiceRounds(bench);
  process.exitCode = isWithin ? 0 : 1;
} finally {
  stub.stop();
  await cluster.stop();
  rmSync(file.path);
  rmSync(small.path, { force: true });
}

async function twiceRounds(bench: Omit<Bench, "file">): Promise<boolean> {
  const warmUp = await importRound({ ...bench, file: small });
  tell("warm-up", warmUp);
  const done: Round[] = [];
  let extra = { pages: { first: 0, last: 0 }, naive: 0 };
  for (let round = 1; round <= rounds; round++) {
    const last = round === rounds;
    const measured = await importRound({ ...bench, file }, async (database, runId) => {
      if (!last) return;
      extra = {
        pages: await reportPages(database, runId),
        naive: await naiveRate(database, file.path, naiveRows),
      };
    });
    done.push(measured);
    tell(`round ${round}`, measured);
  }
  return judge(done, warmUp, extra);
}

function tell(name: string, { fresh, unchanged }: Round): void {
  tellPair(name, "fresh", fresh);
  tellPair(name, "unchanged", unchanged);
}

function judge(
  done: Round[],
  warmUp: Round,
  extra: { pages: { first: number; last: number }; naive: number },
): boolean {
  const memory = Math.max(
    ...done.flatMap(({ fresh, unchanged }) => [fresh.memory ?? 0, unchanged.memory ?? 0]),
  );
  const result = {
    bench: "import",
    rows,
    rounds,
    drained: values.drained,
    fresh: round2(median(done.map(({ fresh }) => ratio(fresh)))),
    unchanged: round2(median(done.map(({ unchanged }) => ratio(unchanged)))),
    rowsPerSecond: Math.round(rows / (median(done.map(({ fresh }) => fresh.product.ms)) / 1000)),
    naiveRowsPerSecond: Math.round(extra.naive),
    workerMiB: memory,
    workerMiBAbove100k: memory - Math.max(warmUp.fresh.memory ?? 0, warmUp.unchanged.memory ?? 0),
    lastPage: round2(extra.pages.last / extra.pages.first),
  };
  const past = [
    result.fresh > bars.ratio && `fresh import ${result.fresh}, bar ${bars.ratio}`,
    result.unchanged > bars.ratio && `unchanged import ${result.unchanged}, bar ${bars.ratio}`,
    memory > bars.memory && `worker ${memory} MiB, bar ${bars.memory}`,
    result.workerMiBAbove100k > bars.memoryAbove &&
      `worker ${result.workerMiBAbove100k} MiB above its small run, bar ${bars.memoryAbove}`,
    result.lastPage > bars.lastPage && `last page ${result.lastPage} of the first, bar ${bars.lastPage}`,
  ].filter((text) => text !== false);
  const { pages, naive } = extra;
  console.log(
    `median ratio: fresh ${result.fresh}, unchanged ${result.unchanged} (bars ${bars.ratio}); 0 people and 0 mails written by the second import`,
  );
  console.log(
    `row by row: ${naive.toFixed(0)} rows/s over ${naiveRows} rows; the product: ${result.rowsPerSecond} rows/s`,
  );
  console.log(`report: first page ${pages.first.toFixed(1)} ms, last page ${pages.last.toFixed(1)} ms`);
  console.log(past.length > 0 ? `PAST THE BAR: ${past.join("; ")}` : "within the bars");
  console.log(JSON.stringify(result));
  return past.length === 0;
}
