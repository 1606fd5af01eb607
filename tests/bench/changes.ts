// node tests/bench/changes.ts [--rows 1000000]: pages of the changes of one run, a third each added, changed and suspended.
import { parseArgs } from "node:util";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { listChanges } from "#lib/runs/list-changes.ts";
import { type BenchDatabase, freshDatabase, startBenchCluster } from "./support/bench-database.ts";
import { withSuperuser } from "./support/final-rows.ts";
import { median } from "./support/median.ts";

const barOfDepth = 1.2;
const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
const rows = Number(values.rows);

type View = Omit<Parameters<typeof listChanges>[1], "runId">;

const views: Record<string, View> = {
  first: {},
  deep: { after: Math.floor(rows * 0.9) },
  last: { last: true },
  "kind, first": { kind: "create" },
  "kind, deep": { kind: "suspend", after: Math.floor(rows * 0.9) },
  "kind of few, at the end": { kind: "restore" },
};

const cluster = await startBenchCluster();
try {
  const database = await freshDatabase(cluster);
  const runId = await seed(database);
  const times = await timePages(database, runId);
  for (const [name, ms] of Object.entries(times)) console.log(`${name}: ${ms.toFixed(1)} ms`);
  const depth = Math.max(times.deep ?? 0, times.last ?? 0) / (times.first ?? 1);
  const line = { bench: "changes", rows, depth: Math.round(depth * 100) / 100, times };
  console.log(JSON.stringify(line));
  process.exitCode = depth > barOfDepth ? 1 : 0;
} finally {
  await cluster.stop();
}

/** Ten people at the end of the file are restored; all others are added, changed or suspended in turn. */
function seed({ actor, ...database }: BenchDatabase): Promise<string> {
  return withSuperuser({ actor, ...database }, async (sql) => {
    const [run] = await sql`
      insert into runs (account_id, kind, mode, state, requested_by_name, rows_read, created, updated, deleted, activated)
      values (${actor.accountId}, 'import', 'apply', 'completed', 'Ada', ${rows}, ${rows / 2}, ${rows / 2}, 0, 10) returning id`;
    const id = run?.id as string;
    const action = sql`case when n > ${rows - 10}::int then 'restore' else (array['create', 'update', 'suspend'])[n % 3 + 1] end`;
    await sql`
      insert into users (account_id, email, first_name, last_name, status, source)
      select ${actor.accountId}, 'u' || n || '@bench.test', 'First', 'Last', 'active', 'import' from generate_series(1, ${rows}::int) n`;
    await sql`
      insert into run_entries (account_id, run_id, position, line, email, asked, outcome)
      select ${actor.accountId}, ${id}, n, n + 1, 'u' || n || '@bench.test', 'update', 'updated' from generate_series(1, ${rows}::int) n`;
    await sql`
      insert into run_changes (account_id, run_id, position, user_id, action, email, title, department, before)
      select ${actor.accountId}, ${id}, n, u.id, ${action}, u.email, 'Title', 'Department',
        jsonb_build_object('first_name', 'First', 'last_name', 'Last', 'title', 'Clerk', 'status', 'active')
      from generate_series(1, ${rows}::int) n join users u on u.email = 'u' || n || '@bench.test' order by n`;
    await sql`vacuum analyze`;
    return id;
  });
}

/** Milliseconds: medians of 20 in turn, as the application's role. */
async function timePages({ appUrl, actor }: BenchDatabase, runId: string): Promise<Record<string, number>> {
  openDatabase(appUrl, { max: 2 });
  const taken = Object.keys(views).map((name) => [name, [] as number[]] as const);
  try {
    for (let turn = 0; turn < 22; turn++) {
      for (const [name, times] of taken) {
        const started = performance.now();
        const { changes } = await listChanges(actor, { runId, ...views[name] });
        if (changes.length === 0) throw new Error(`${name}: the page is empty`);
        // The first two turns open the connection and fill the caches.
        if (turn >= 2) times.push(performance.now() - started);
      }
    }
  } finally {
    await closeDatabase();
  }
  return Object.fromEntries(taken.map(([name, times]) => [name, median(times)]));
}
