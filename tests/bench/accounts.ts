// npm run bench:accounts [-- --rows 100000 --accounts 10 --workers 4]: many accounts import at once, and one more a single row.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { UserActor } from "#lib/authorization/actor.ts";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { copyTemplate } from "#tests/support/copy-template.ts";
import { startStub } from "./mail-processes.ts";
import { addAccount, type BenchDatabase, startBenchCluster } from "./support/bench-database.ts";
import { withSuperuser } from "./support/final-rows.ts";
import { fileDomain, writePeopleFile } from "./support/people-file.ts";
import { startWorker } from "./support/product.ts";

/** All at once against one after the other; seconds for the single row meanwhile. */
const bars = { ratio: 1.2, oneRow: 10 };

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    accounts: { type: "string", default: "10" },
    workers: { type: "string", default: "4" },
    seed: { type: "string", default: "20260401" },
  },
});
const rows = Number(values.rows);
const count = Number(values.accounts);

const folder = join(import.meta.dirname, "../../.build/bench");
mkdirSync(folder, { recursive: true });
const file = await writePeopleFile(join(folder, `${process.pid}.csv`), rows, Number(values.seed));
const people = readFileSync(file.path, "utf8");
rmSync(file.path);

const cluster = await startBenchCluster();
const stub = await startStub(5);
try {
  const inARow = await round(async (database, actors) => {
    for (const actor of actors) await untilCompleted(database, [await request(actor, rowsOf(actor))]);
  });
  let oneRow = 0;
  const atOnce = await round(async (database, actors, late) => {
    const runs: string[] = [];
    for (const actor of actors) runs.push(await request(actor, rowsOf(actor)));
    await untilReading(database, runs);
    const began = performance.now();
    const single = `Email ID\nbob@${domainOf(late)}\n`;
    await untilCompleted(database, [await request(late, single)]);
    oneRow = (performance.now() - began) / 1000;
    await untilCompleted(database, runs);
  });
  const ratio = atOnce / inARow;
  console.log(
    `${count} accounts of ${rows} rows, ${values.workers} workers: in a row ${inARow.toFixed(1)} s, at once ${atOnce.toFixed(1)} s, ` +
      `ratio ${ratio.toFixed(2)} (bar ${bars.ratio}); one row of one more account meanwhile ${oneRow.toFixed(1)} s (bar ${bars.oneRow})`,
  );
  console.log(JSON.stringify({ bench: "accounts", rows, accounts: count, inARow, atOnce, ratio, oneRow }));
  process.exitCode = ratio > bars.ratio || oneRow > bars.oneRow ? 1 : 0;
} finally {
  stub.stop();
  await cluster.stop();
}

type Work = (database: BenchDatabase, actors: UserActor[], late: UserActor) => Promise<void>;

/** In a database of its own, with workers of its own; seconds. Uploads are part of it on both sides. */
async function round(work: Work): Promise<number> {
  const copied = await copyTemplate(cluster.info);
  const actors: UserActor[] = [];
  for (let nth = 0; nth <= count; nth++)
    actors.push(await addAccount(copied, `bench-${nth}`, `bench-${nth}.test`));
  const late = actors.pop() as UserActor;
  const database = { ...copied, actor: late };
  const workers = [];
  for (let nth = 0; nth < Number(values.workers); nth++) workers.push(await startWorker(database, stub.url));
  process.env.ROLLCALL_SECRET_KEYS = database.environment.ROLLCALL_SECRET_KEYS;
  openDatabase(database.appUrl, { max: 4 });
  try {
    const began = performance.now();
    await work(database, actors, late);
    return (performance.now() - began) / 1000;
  } finally {
    await closeDatabase();
    // Each may have a batch of mails to wait for.
    await Promise.all(workers.map((worker) => worker.stop()));
    await copied.drop();
  }
}

function domainOf(actor: UserActor): string {
  return `${actor.accountSlug}.test`;
}

function rowsOf(actor: UserActor): string {
  return people.replaceAll(`@${fileDomain}`, `@${domainOf(actor)}`);
}

async function request(actor: UserActor, text: string): Promise<string> {
  const upload = await acceptRoster(actor, { fileName: "people.csv", bytes: pieces(text) });
  if (!upload.ok) throw new Error(upload.sentence);
  const requested = await requestImport(actor, { uploadId: upload.uploadId, mode: "apply" });
  if (!requested.ok) throw new Error(requested.reason);
  return requested.runId;
}

async function* pieces(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function untilReading(database: BenchDatabase, runs: string[]): Promise<void> {
  return until(database, runs, "state <> 'queued'", 1);
}

function untilCompleted(database: BenchDatabase, runs: string[]): Promise<void> {
  return until(database, runs, "state = 'completed'", runs.length);
}

/** Until so many of the runs are in that state. */
async function until(database: BenchDatabase, runs: string[], state: string, enough: number): Promise<void> {
  await withSuperuser(database, async (sql) => {
    for (;;) {
      const [row] = await sql<{ there: number; failed: number }[]>`
        select count(*) filter (where ${sql.unsafe(state)})::int as there, count(*) filter (where state = 'failed')::int as failed
        from runs where id = any (${runs})`;
      if (row && row.failed > 0) throw new Error("a run failed");
      if (row && row.there >= enough) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
}
