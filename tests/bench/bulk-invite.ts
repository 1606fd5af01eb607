// npm run bench:bulk-invite [-- --rows 1000000 --rounds 1]: a list of addresses invited, and the same list once more, against
// what Postgres takes for the same rows.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startStub } from "./mail-processes.ts";
import { startBenchCluster } from "./support/bench-database.ts";
import { importRound, type Round } from "./support/import-round.ts";
import { writeListFile } from "./support/list-file.ts";
import { median } from "./support/median.ts";
import { ratio, round2, tellPair } from "./support/tell-pair.ts";

const bars = { ratio: 1.4, memory: 350 };
const warmUpRows = 100_000;

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
  },
});
const [rows, rounds] = [Number(values.rows), Number(values.rounds)];

const folder = join(import.meta.dirname, "../../.build/bench");
mkdirSync(folder, { recursive: true });
const file = await writeListFile(join(folder, `${process.pid}.txt`), rows);
const small = await writeListFile(join(folder, `${process.pid}-small.txt`), Math.min(rows, warmUpRows));
console.log(`${rows} addresses, ${file.bad} of them bad; seconds, floor and product in turn`);

const cluster = await startBenchCluster();
const stub = await startStub(5);
try {
  const bench = { cluster, mailUrl: stub.url, drained: true, kind: "bulk_invite" as const };
  tell("warm-up", await importRound({ ...bench, file: small }));
  const done: Round[] = [];
  for (let round = 1; round <= rounds; round++) {
    const measured = await importRound({ ...bench, file });
    done.push(measured);
    tell(`round ${round}`, measured);
  }
  process.exitCode = judge(done) ? 0 : 1;
} finally {
  stub.stop();
  await cluster.stop();
  rmSync(file.path);
  rmSync(small.path);
}

function tell(name: string, { fresh, unchanged }: Round): void {
  tellPair(name, "fresh", fresh);
  tellPair(name, "unchanged", unchanged);
}

function judge(done: Round[]): boolean {
  const workerMiB = Math.max(
    ...done.flatMap(({ fresh, unchanged }) => [fresh.memory ?? 0, unchanged.memory ?? 0]),
  );
  const result = {
    bench: "bulk-invite",
    rows,
    rounds,
    fresh: round2(median(done.map(({ fresh }) => ratio(fresh)))),
    unchanged: round2(median(done.map(({ unchanged }) => ratio(unchanged)))),
    addressesPerSecond: Math.round(rows / (median(done.map(({ fresh }) => fresh.product.ms)) / 1000)),
    workerMiB,
  };
  const past = [
    result.fresh > bars.ratio && `fresh ${result.fresh}, bar ${bars.ratio}`,
    result.unchanged > bars.ratio && `unchanged ${result.unchanged}, bar ${bars.ratio}`,
    workerMiB > bars.memory && `worker ${workerMiB} MiB, bar ${bars.memory}`,
  ].filter((text) => text !== false);
  console.log(past.length > 0 ? `PAST THE BAR: ${past.join("; ")}` : "within the bars");
  console.log(JSON.stringify(result));
  return past.length === 0;
}
