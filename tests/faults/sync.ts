// npm run faults:sync [-- --sizes 10,1000] [--only TEXT]: what a directory that answers wrongly may not do. A real LDAP server with scripted
// accidents, the worker's own process, Postgres: nobody may be suspended by any of them. Prints a table; exit 1 where somebody was.
import { BlockList } from "node:net";
import { parseArgs } from "node:util";
import type postgres from "postgres";
import { playOf } from "#bin/local/ldap/drill-modes.ts";
import type { Fault } from "#bin/local/ldap/ldap-server.ts";
import { sampleDirectory, sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { saveConnection } from "#lib/directory/save-connection.ts";
import { saveStep } from "#lib/directory/save-step.ts";
import { startStub } from "#tests/bench/mail-processes.ts";
import { type BenchDatabase, freshDatabase, startBenchCluster } from "#tests/bench/support/bench-database.ts";
import { withSuperuser } from "#tests/bench/support/final-rows.ts";
import { startWorker } from "#tests/bench/support/product.ts";
import {
  code,
  cutEntry,
  emptyPageWithCookie,
  garbage,
  halfClose,
  hugeEntry,
  onEveryPage,
  onPage,
  reset,
  withoutPaging,
} from "#tests/support/ldap/faults.ts";
import { readerPassword, startDirectory } from "#tests/support/ldap/start-directory.ts";

const { values } = parseArgs({
  options: { sizes: { type: "string", default: "10,1000" }, only: { type: "string", default: "" } },
});
const opened = new BlockList();
opened.addSubnet("127.0.0.0", 8);

type Tree = ReturnType<typeof sampleDirectory>;
type Mode = { name: string; fault?: Fault; tree?: (tree: Tree) => Tree; inclusion?: string };

/** Each is another answer to the same question; a fault counts pages by itself, so it is made anew each time. */
const modes = (): Mode[] => [
  { name: "reset at the first page", fault: onPage(1, reset) },
  { name: "reset at the second page", fault: onPage(2, reset) },
  { name: "half-closed in the middle", fault: onPage(2, halfClose) },
  { name: "half an entry", fault: onPage(1, cutEntry) },
  { name: "garbage", fault: onPage(1, garbage) },
  {
    name: "empty answer",
    fault: onEveryPage(({ request, socket }) => code(0)({ request, socket, isFirst: true })),
  },
  { name: "one empty page with a cookie", fault: onPage(1, emptyPageWithCookie) },
  { name: "empty pages without end", fault: onEveryPage(emptyPageWithCookie) },
  { name: "paging ignored", fault: onPage(1, withoutPaging) },
  { name: "size limit", fault: onPage(1, code(4)) },
  { name: "time limit", fault: onPage(1, code(3)) },
  { name: "limit of administrators", fault: onPage(1, code(11)) },
  { name: "busy", fault: onPage(1, code(51)) },
  { name: "unavailable", fault: onPage(1, code(52)) },
  { name: "attribute of 50 MB", fault: onPage(1, hugeEntry(50 * 1024 ** 2)) },
  { name: "rights lost for a fifth", tree: (tree) => without(tree, (nth) => nth % 5 === 0) },
  { name: "60 % leavers", tree: (tree) => playOf("leavers", tree).tree },
  { name: "all people gone", tree: (tree) => playOf("empty", tree).tree },
  { name: "renamed unit", tree: (tree) => playOf("renamed_unit", tree).tree },
  { name: "filter changed by mistake", inclusion: "(l=Berlin)" },
];

function without(tree: Tree, goes: (nth: number) => boolean): Tree {
  const fewer = sampleDirectory({ people: 0, password: readerPassword });
  let nth = 0;
  for (const [key, entry] of tree.entries)
    if (!entry.dn.startsWith("uid=p") || !goes(nth++)) fewer.entries.set(key, entry);
  return fewer;
}

type Row = Record<"people" | "mode" | "state" | "suspended" | "waiting" | "told", string | number>;
const cluster = await startBenchCluster();
const stub = await startStub(5);
const table: Row[] = [];
try {
  for (const size of values.sizes.split(",").map(Number)) await ofSize(size);
} finally {
  stub.stop();
  await cluster.stop();
}
console.table(table);
const wrong = table.reduce((sum, row) => sum + Number(row.suspended), 0);
console.log(`${table.length} accidents, ${wrong} people wrongly suspended.`);
process.exitCode = wrong === 0 ? 0 : 1;

async function ofSize(people: number): Promise<void> {
  const database = await freshDatabase(cluster);
  const environment = { ...database.environment };
  environment.ROLLCALL_ALLOW_NETWORKS = "127.0.0.0/8";
  process.env.ROLLCALL_SECRET_KEYS = environment.ROLLCALL_SECRET_KEYS;
  const tree = sampleDirectory({ people, password: readerPassword });
  const whole = new Map(tree.entries);
  let fault: Fault | undefined;
  const directory = await startDirectory({
    tree,
    mostInPage: 100,
    fault: (request, socket) => fault?.(request, socket) ?? false,
  });
  const worker = await startWorker({ ...database, environment }, stub.url);
  openDatabase(database.appUrl, { max: 2 });
  const play = (mode: Mode | null) => {
    fault = mode?.fault;
    const played = mode?.tree?.({ ...tree, entries: whole, find: tree.find.bind(tree) } as never);
    tree.entries.clear();
    for (const [key, entry] of played?.entries ?? whole) tree.entries.set(key, entry);
  };
  try {
    await connect(database, directory.port);
    await sync(database);
    for (const mode of modes().filter(({ name }) => name.includes(values.only))) {
      play(mode);
      if (mode.inclusion) await include(database, mode.inclusion);
      const row = await sync(database);
      play(null);
      if (mode.inclusion) await include(database, "");
      table.push({ people, mode: mode.name, ...row });
      await sync(database);
    }
  } finally {
    await closeDatabase();
    await worker.stop();
    await directory.stop();
    await database.drop();
  }
}

async function connect({ actor }: BenchDatabase, port: number): Promise<void> {
  const connection = {
    host: "127.0.0.1",
    port,
    security: "none" as const,
    ca: null,
    baseDn: sampleSuffix,
    bindDn: sampleReader,
  };
  const saved = await saveConnection(
    actor,
    { opened },
    { connector: "cloud", connection, password: readerPassword, seen: 0 },
  );
  if (!saved.ok || !saved.tried.ok) throw new Error(`not connected: ${JSON.stringify(saved)}`);
}

async function include({ actor }: BenchDatabase, inclusion: string): Promise<void> {
  const { settings, version } = await findDirectory(actor);
  const users = { ...settings.users, inclusion };
  const saved = await saveStep(actor, { step: "users", values: { users }, seen: version });
  if (!saved.ok) throw new Error(saved.reason);
}

/** A run from the request to its end, and how many people are suspended after it. */
function sync(database: BenchDatabase): Promise<Omit<Row, "people" | "mode">> {
  return withSuperuser(database, async (sql) => {
    const asked = await requestSync(database.actor, { mode: "apply", holdHours: 0 });
    if (!asked.ok) throw new Error(asked.reason);
    const run = await ended(sql, asked.runId);
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from users where status = 'suspended'`;
    return {
      state: run.removals === "waiting" ? "completed, removals wait" : run.state,
      suspended: row?.n ?? 0,
      waiting: run.waiting,
      told: String(run.failure ?? "").slice(0, 60),
    };
  });
}

async function ended(sql: postgres.Sql, runId: string) {
  for (;;) {
    const [run] = await sql`select * from runs where id = ${runId}`;
    if (run && ["completed", "failed", "cancelled"].includes(run.state)) return run;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
