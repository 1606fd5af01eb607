import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type postgres from "postgres";
import type { UserActor } from "#lib/authorization/actor.ts";
import { acceptAddressList } from "#lib/bulk-invites/accept-address-list.ts";
import { requestBulkInvite } from "#lib/bulk-invites/request-bulk-invite.ts";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { applyUndo } from "#lib/runs/apply-undo.ts";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { requestUndo } from "#lib/runs/request-undo.ts";
import type { BenchDatabase } from "./bench-database.ts";
import { withSuperuser } from "./final-rows.ts";
import type { FileKind, Timed } from "./floor.ts";
import { rest } from "./rest.ts";

export type Worker = { pid: number; stop(): Promise<void> };

/**
 * The real worker process on a database, with mail going to `mailUrl`. Resolves when it takes jobs. `quiet`: failures of runs
 * are what is looked for, and are not shown.
 */
export async function startWorker(
  database: BenchDatabase,
  mailUrl: string,
  { quiet = false } = {},
): Promise<Worker> {
  const environment = {
    ...database.environment,
    MAIL_TRANSPORT: "resend",
    RESEND_API_KEY: "re_test_key",
    RESEND_BASE_URL: mailUrl,
    RESEND_RATE: "5",
    MAIL_FROM: "Rollcall <no-reply@rollcall.test>",
    LOG_LEVEL: "info",
  };
  const child = spawn(
    process.execPath,
    [...(process.env.PROF ? ["--cpu-prof", `--cpu-prof-dir=${process.env.PROF}`] : []), "worker/main.ts"],
    { env: environment, stdio: ["ignore", "pipe", "inherit"] },
  );
  const working = new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("the worker ended")));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!quiet && line.includes('"level":50')) console.error(line);
      if (line.includes('"msg":"working"')) resolve();
    });
  });
  await working;
  return {
    pid: child.pid as number,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

const ways = {
  import: {
    accept: acceptRoster,
    request: (actor: UserActor, uploadId: string) => requestImport(actor, { uploadId, mode: "apply" }),
  },
  bulk_invite: {
    accept: acceptAddressList,
    request: (actor: UserActor, uploadId: string) => requestBulkInvite(actor, { uploadId, sendAgain: false }),
  },
};

/** From the request, with the upload complete, to the end of the run. */
export function runProduct(database: BenchDatabase, file: string, kind: FileKind = "import"): Promise<Timed> {
  const { accept, request } = ways[kind];
  return inApp(database, async (sql) => {
    const upload = await accept(database.actor, {
      fileName: "people.csv",
      bytes: createReadStream(file),
    });
    if (!upload.ok) throw new Error(upload.sentence);
    await sql`checkpoint`;
    const started = performance.now();
    const requested = await request(database.actor, upload.uploadId);
    if (!requested.ok) throw new Error(requested.reason);
    return { runId: requested.runId, ...(await untilState(sql, requested.runId, started)) };
  });
}

/**
 * Approves the removals of an ended import that wait, and adds the time until they are done; how long a person thinks
 * about it, and what the worker tidies meanwhile, is not counted. The same where none wait.
 */
export function runApproved(database: BenchDatabase, run: Timed): Promise<Timed> {
  return inApp(database, async (sql) => {
    const { waiting } = await look(sql, run.runId);
    if (waiting === 0) return run;
    await rest(database);
    const started = performance.now();
    const approved = await approveRemovals(database.actor, { runId: run.runId, typed: waiting });
    if (!approved.ok) throw new Error(approved.reason);
    const { ms } = await untilState(sql, run.runId, started);
    return { ...run, ms: run.ms + ms, steps: { ...run.steps, approved: ms } };
  });
}

/** Plans the undo of an ended import and carries it out; what lies between the two is not counted. */
export function runUndo(database: BenchDatabase, importRunId: string): Promise<Timed & { people: number }> {
  return inApp(database, async (sql) => {
    const started = performance.now();
    const requested = await requestUndo(database.actor, importRunId);
    if (!requested.ok) throw new Error(requested.reason);
    const { runId } = requested;
    const planned = await untilState(sql, runId, started, "planned");
    const { people } = await look(sql, runId);
    const confirmed = performance.now();
    const applied = await applyUndo(database.actor, { runId, typed: people });
    if (!applied.ok) throw new Error(applied.reason);
    const { ms } = await untilState(sql, runId, confirmed);
    return { runId, people, ms: planned.ms + ms, steps: { planned: planned.ms, applied: ms } };
  });
}

/** As the web process does it: as the application's role. `sql` is for looking on. */
async function inApp<T>(database: BenchDatabase, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  process.env.ROLLCALL_SECRET_KEYS = database.environment.ROLLCALL_SECRET_KEYS;
  openDatabase(database.appUrl, { max: 2 });
  try {
    return await withSuperuser(database, work);
  } finally {
    await closeDatabase();
  }
}

type Row = {
  state: string;
  read: boolean;
  failure: string | null;
  tidied: boolean;
  waiting: number;
  people: number;
};

async function untilState(sql: postgres.Sql, runId: string, started: number, state = "completed") {
  const steps: Record<string, number> = {};
  let before = "";
  let since = started;
  for (;;) {
    const run = await look(sql, runId);
    const now = performance.now();
    const phase = run.read && run.state === "reading" ? "settling" : run.state;
    if (phase !== before) {
      if (before) steps[before] = now - since;
      [before, since] = [phase, now];
    }
    if (run.state === "failed") throw new Error(`the run failed: ${run.failure}`);
    if (run.state === state) return { ms: now - started, steps };
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

async function look(sql: postgres.Sql, runId: string): Promise<Row> {
  const [run] = await sql<Row[]>`
    select state, read_at is not null as read, failure, tidied_at is not null as tidied, waiting,
      created + updated + deleted + activated as people
    from runs where id = ${runId}`;
  if (!run) throw new Error("the run is gone");
  return run;
}

/** How many people an ended run has changed. */
export const peopleOf = (database: BenchDatabase, runId: string): Promise<number> =>
  withSuperuser(database, async (sql) => (await look(sql, runId)).people);

/** The worker's tidying must not run into the next measurement. */
export const untilTidied = (database: BenchDatabase, runId: string): Promise<void> =>
  withSuperuser(database, async (sql) => {
    while (!(await look(sql, runId)).tidied) await new Promise((resolve) => setTimeout(resolve, 50));
  });

/** Most memory that the process ever held, in MiB (VmHWM); null where the system does not tell. */
export function peakMemory(pid: number): number | null {
  try {
    const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return line ? Math.round(Number(line[1]) / 1024) : null;
  } catch {
    return null;
  }
}
