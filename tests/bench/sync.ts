// npm run bench:sync [-- --people 100000 --rounds 3]: syncs with OpenLDAP against its own client and bare Postgres. Prints every measurement and one JSON line; exit 1 past a bar.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type postgres from "postgres";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { DirectoryConnection } from "#lib/directory/ldap/connection.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { runDueSyncs } from "#lib/directory/run-due-syncs.ts";
import { connectDirectory, loopback } from "#tests/support/ldap/connection-to.ts";
import { startStub } from "./mail-processes.ts";
import { type BenchDatabase, freshDatabase, startBenchCluster } from "./support/bench-database.ts";
import {
  benchConnection,
  benchPassword,
  benchReader,
  benchSuffix,
  hasSlapd,
  personDn,
  startBenchSlapd,
} from "./support/bench-slapd.ts";
import { withSuperuser } from "./support/final-rows.ts";
import { median } from "./support/median.ts";
import { fileDomain } from "./support/people-file.ts";
import { peakMemory, startWorker } from "./support/product.ts";
import { rest } from "./support/rest.ts";
import { changeTitles, floorRound, readAttributes, writeRows } from "./support/sync-floor.ts";
import { round2 } from "./support/tell-pair.ts";

/** `read`, `first`, `same`: of the floor; `nothing` and `changes`: milliseconds of the run; `memory`: MiB of the worker. */
const bars = { read: 1.3, first: 1.4, same: 1.6, nothing: 150, changes: 300, memory: 350 };
const { values } = parseArgs({
  options: { people: { type: "string", default: "100000" }, rounds: { type: "string", default: "3" } },
});
const [people, rounds] = [Number(values.people), Number(values.rounds)];
if (!hasSlapd()) throw new Error("This bench needs OpenLDAP: apt-get install slapd ldap-utils");

const folder = join(import.meta.dirname, "../../.build/bench");
mkdirSync(folder, { recursive: true });
const rows = join(folder, `directory-${process.pid}.tsv`);
await writeRows(rows, people, fileDomain);
const slapd = await startBenchSlapd(people, fileDomain);
const cluster = await startBenchCluster();
const stub = await startStub(5);
const connection = benchConnection(slapd.port);

type Round = Record<"read" | "first" | "same", number> & { nothing: number; changes: number; memory: number };
try {
  const done: Round[] = [];
  for (let nth = 0; nth <= rounds; nth += 1) {
    const round = await measure(nth === 0 ? "warm-up" : `round ${nth}`);
    // Of a very large directory the first one is told, which takes long enough.
    if (nth > 0 || rounds === 0) done.push(round);
  }
  const of = (name: keyof Round) => round2(median(done.map((round) => round[name])));
  const result = {
    read: of("read"),
    first: of("first"),
    same: of("same"),
    nothing: of("nothing"),
    changes: of("changes"),
    memory: of("memory"),
  };
  const held = Object.entries(bars).every(([name, bar]) => result[name as keyof Round] <= bar);
  console.log(JSON.stringify({ bench: "sync", people, rounds, ...result, bars, held }));
  process.exitCode = held ? 0 : 1;
} finally {
  stub.stop();
  await cluster.stop();
  await slapd.stop();
  rmSync(rows, { force: true });
}

async function measure(name: string): Promise<Round> {
  const database = await freshDatabase(cluster);
  const environment = { ...database.environment };
  environment.ROLLCALL_ALLOW_NETWORKS = "127.0.0.0/8";
  process.env.ROLLCALL_SECRET_KEYS = environment.ROLLCALL_SECRET_KEYS;
  const worker = await startWorker({ ...database, environment }, stub.url);
  openDatabase(database.appUrl, { max: 2 });
  try {
    const floor = await floorRound(database.superUrl, slapd.url, rows);
    const read = await readByProduct();
    await connectDirectory(database.actor, connection, benchPassword);
    const first = await sync(database, { created: people });
    await rest(database);
    const same = await sync(database, { unchanged: people });
    await age(database);
    const nothing = await incremental(database, { rows_read: 0 });
    changeTitles(
      slapd.url,
      Array.from({ length: 100 }, (_, nth) => personDn(nth + 1)),
    );
    const changes = await incremental(database, { updated: 100 });
    const memory = peakMemory(worker.pid) ?? 0;
    const told = {
      read: read / floor.read,
      first: first / floor.first,
      same: same / floor.same,
      nothing,
      changes,
      memory,
    };
    const steps = Object.entries(floor.steps).map(([step, ms]) => `${step} ${Math.round(ms)}`);
    console.log(
      `${name}: read ${Math.round(read)} ms = ${round2(told.read)} D; first ${Math.round(first)} ms = ${round2(told.first)} F; nothing changed ${Math.round(same)} ms = ${round2(told.same)} F; incremental ${Math.round(nothing)} ms, with 100 changes ${Math.round(changes)} ms; worker ${memory} MiB (floor: ${steps.join(", ")})`,
    );
    return told;
  } finally {
    await closeDatabase();
    await worker.stop();
    await database.drop();
  }
}

/** Reading alone: every page to its end, nothing judged. */
async function readByProduct(): Promise<number> {
  const line = await DirectoryConnection.open(loopback, connection, {
    bindDn: benchReader,
    password: benchPassword,
  });
  const started = performance.now();
  let entries = 0;
  for await (const page of line.pages({
    baseDn: benchSuffix,
    filter: "(objectClass=person)",
    attributes: readAttributes,
  }))
    entries += page.entries.length;
  line.close();
  if (entries !== people) throw new Error(`read ${entries} of ${people}`);
  return performance.now() - started;
}

/** From the request to the end of the run. */
function sync(database: BenchDatabase, expected: Record<string, number>): Promise<number> {
  return withSuperuser(database, async (sql) => {
    const started = performance.now();
    const asked = await requestSync(database.actor, { mode: "apply", holdHours: 0 });
    if (!asked.ok) throw new Error(asked.reason);
    await ended(sql, asked.runId, expected);
    return performance.now() - started;
  });
}

/** Time stamps of now are read again by the next run; of some minutes ago they are not. */
async function age(database: BenchDatabase): Promise<void> {
  const next = new Date(Date.now() + 1_000);
  const after = { after: next.toISOString().replace(/[-:T]|\.\d+/g, "") };
  await withSuperuser(
    database,
    (sql) => sql`update directories set position = position || ${sql.json(after)}`,
  );
  await new Promise((resolve) => setTimeout(resolve, next.getTime() + 1_000 - Date.now()));
}

/** Of a run that only asks for what has changed: from its start to its end, as the worker has written them down. */
function incremental(database: BenchDatabase, expected: Record<string, number>): Promise<number> {
  return withSuperuser(database, async (sql) => {
    await sql`update directories set next_scheduled_at = now()`;
    await closeDatabase();
    openDatabase(database.workerUrl, { max: 2 });
    await runDueSyncs({ holdHours: 0 });
    await closeDatabase();
    openDatabase(database.appUrl, { max: 2 });
    const [run] = await sql`select id from runs order by id desc limit 1`;
    await ended(sql, run?.id, expected);
    const [times] = await sql<{ ms: number; span: string }[]>`
      select (extract(epoch from finished_at - started_at) * 1000)::float8 as ms, span from runs where id = ${run?.id}`;
    if (times?.span !== "incremental") throw new Error(`the run was ${times?.span}`);
    return times.ms;
  });
}

async function ended(sql: postgres.Sql, runId: string, expected: Record<string, number>): Promise<void> {
  for (;;) {
    const [run] = await sql`select * from runs where id = ${runId}`;
    if (run?.state === "failed") throw new Error(run.failure);
    if (run?.state === "completed") {
      for (const [name, count] of Object.entries(expected))
        if (run[name] !== count) throw new Error(`${name} is ${run[name]}, not ${count}`);
      const at = ["requested_at", "started_at", "read_at", "planned_at", "finished_at"].map((name) =>
        run[name].getTime(),
      );
      const [queued, reading, planning, applying] = at.slice(1).map((time, nth) => time - (at[nth] ?? time));
      console.log(`  queued ${queued}, reading ${reading}, planning ${planning}, applying ${applying} ms`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
