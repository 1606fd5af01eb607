// npm run bench:undo [-- --rows 100000 --rounds 3]: taking an import back, against the import itself; of new people and of updates.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startStub } from "./mail-processes.ts";
import { freshDatabase, startBenchCluster } from "./support/bench-database.ts";
import { peopleNow } from "./support/final-rows.ts";
import type { Timed } from "./support/floor.ts";
import { addKnownPeople } from "./support/known-people.ts";
import { median } from "./support/median.ts";
import { type PeopleFile, writePeopleFile } from "./support/people-file.ts";
import { peakMemory, peopleOf, runProduct, runUndo, startWorker, untilTidied } from "./support/product.ts";
import { rest } from "./support/rest.ts";
import { round2, seconds, tellSteps } from "./support/tell-pair.ts";

const bar = 1.5;
const warmUpRows = 100_000;

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: "20260401" },
  },
});
const [rows, rounds, seed] = [Number(values.rows), Number(values.rounds), Number(values.seed)];

type Round = { imported: Timed; undone: Timed; memory: number | null };

const folder = join(import.meta.dirname, "../../.build/bench");
mkdirSync(folder, { recursive: true });
const paths: string[] = [];
const files = { added: await write("New"), changed: await write("Update") };

const cluster = await startBenchCluster();
const stub = await startStub(5);
try {
  const ratios = { added: 0, changed: 0 };
  let memory = 0;
  for (const what of ["added", "changed"] as const) {
    const { small, file } = files[what];
    tell("warm-up", what, await undoRound(small, what === "changed"));
    const done: Round[] = [];
    for (let nth = 1; nth <= rounds; nth++) {
      const round = await undoRound(file, what === "changed");
      done.push(round);
      tell(`round ${nth}`, what, round);
    }
    ratios[what] = round2(median(done.map(ratioOf)));
    memory = Math.max(memory, ...done.map((round) => round.memory ?? 0));
  }
  console.log(`median ratio undo / import: added ${ratios.added}, changed ${ratios.changed} (bar ${bar})`);
  const isWithin = ratios.added <= bar && ratios.changed <= bar;
  console.log(isWithin ? "within the bar" : "PAST THE BAR");
  console.log(JSON.stringify({ bench: "undo", rows, rounds, ...ratios, workerMiB: memory }));
  process.exitCode = isWithin ? 0 : 1;
} finally {
  stub.stop();
  await cluster.stop();
  for (const path of paths) rmSync(path);
}

async function write(asked: string): Promise<{ file: PeopleFile; small: PeopleFile }> {
  const file = await one(asked, rows);
  return { file, small: rows > warmUpRows ? await one(asked, warmUpRows) : file };
}

function one(asked: string, count: number): Promise<PeopleFile> {
  const path = join(folder, `${process.pid}-undo-${asked}-${count}.csv`);
  paths.push(path);
  return writePeopleFile(path, count, seed, [asked]);
}

/** In a database of its own. Throws unless all good lines were carried out and taken back, and all is as it was. */
async function undoRound(file: PeopleFile, known: boolean): Promise<Round> {
  const database = await freshDatabase(cluster);
  try {
    if (known) await addKnownPeople(database, file);
    const before = await peopleNow(database);
    await rest(database);
    const worker = await startWorker(database, stub.url);
    try {
      const imported = await runProduct(database, file.path);
      await untilTidied(database, imported.runId);
      await rest(database);
      const undone = await runUndo(database, imported.runId);
      await untilTidied(database, undone.runId);
      const counts = [await peopleOf(database, imported.runId), await peopleOf(database, undone.runId)];
      if (counts.some((count) => count !== file.rows - file.bad))
        throw new Error(`${file.rows - file.bad} good lines; people imported and taken back: ${counts}`);
      const after = await peopleNow(database);
      if (after !== before) throw new Error(`the people differ: before ${before}, after ${after}`);
      return { imported, undone, memory: peakMemory(worker.pid) };
    } finally {
      await worker.stop();
    }
  } finally {
    await database.drop();
  }
}

function ratioOf({ imported, undone }: Round): number {
  return undone.ms / imported.ms;
}

function tell(name: string, what: string, round: Round): void {
  const { imported, undone, memory } = round;
  console.log(
    `${name}  ${what.padEnd(7)}  import ${seconds(imported.ms)}  undo ${seconds(undone.ms)}  ratio ${ratioOf(round).toFixed(2)}  ` +
      `worker ${memory ?? "?"} MiB  (${tellSteps(imported)} | ${tellSteps(undone)})`,
  );
}
