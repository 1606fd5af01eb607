import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { stopLeftoverPostgres } from "./leftover-postgres.ts";
import { logTail } from "./log-tail.ts";
import { type PostgresBinaries, postgresBinaries, reachableFolder } from "./postgres-binaries.ts";
import { StartRefused } from "./start-refused.ts";
import { waitUntil } from "./wait-until.ts";

export type ClusterOptions = {
  root: string;
  /** Where the data lies, unless the server's user cannot reach it. */
  folder: string;
  port: number;
  /** Of the superuser `postgres`; used by initdb when there is no data yet. */
  password: string;
  logFile: string;
  settings?: Record<string, string>;
  /** Runs when a leftover server is gone and before the new one starts. */
  beforeStart?: () => Promise<void>;
};

export type Cluster = {
  port: number;
  data: string;
  keeper: ChildProcess;
  superUrl: (database?: string) => string;
  stop: () => Promise<void>;
};

/** Starts an embedded Postgres on loopback, making its data folder first if there is none. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const binaries = postgresBinaries(options.root);
  const data = reachableFolder(options.root, options.folder, options.password);
  if (!existsSync(join(data, "PG_VERSION"))) createData(binaries, data, options.password);
  await stopLeftoverPostgres(data);
  await options.beforeStart?.();
  const superUrl = (database = "postgres") =>
    `postgres://postgres:${options.password}@127.0.0.1:${options.port}/${database}`;
  const keeper = await startServer(binaries, data, options, superUrl());
  return { port: options.port, data, keeper, superUrl, stop: () => stopKeeper(keeper) };
}

function createData(binaries: PostgresBinaries, data: string, password: string): void {
  // The parents first: a recursive mkdir would give each of them the mode of the last.
  mkdirSync(dirname(data), { recursive: true });
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = `${data}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (binaries.user.uid !== undefined) {
    for (const path of [data, passwordFile]) chownSync(path, binaries.user.uid, binaries.user.gid);
  }
  const locale = process.platform === "linux" ? ["--locale=C.UTF-8"] : [];
  const args = [
    "-D",
    data,
    "-U",
    "postgres",
    "-A",
    "scram-sha-256",
    `--pwfile=${passwordFile}`,
    "-E",
    "UTF8",
    "-N",
  ];
  const made = spawnSync(binaries.initdb, [...args, ...locale], {
    ...binaries.user,
    cwd: "/",
    encoding: "utf8",
  });
  rmSync(passwordFile, { force: true });
  if (made.status === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new StartRefused(
    `initdb could not make the database in ${data}:\n${made.stderr ?? made.error?.message}`,
  );
}

async function startServer(binaries: PostgresBinaries, data: string, options: ClusterOptions, url: string) {
  const end = Date.now() + 15_000;
  for (;;) {
    const keeper = spawnKeeper(binaries, data, options);
    if (await answers(keeper, url)) return keeper;
    await stopKeeper(keeper);
    const tail = logTail(options.logFile);
    // After kill -9 the old server may stay a zombie for a moment, and its pid file is honoured until it is reaped.
    const held = /lock file "postmaster\.pid" already exists|shared memory block .* is still in use/.test(
      tail,
    );
    if (!held || Date.now() > end)
      throw new StartRefused(`Postgres did not start. The end of its log:\n${tail}`);
  }
}

function spawnKeeper(binaries: PostgresBinaries, data: string, options: ClusterOptions): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(options.port),
    unix_socket_directories: "",
    ...options.settings,
  };
  const args = [
    "-D",
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, "w");
  chmodSync(options.logFile, 0o600);
  const plan = JSON.stringify({ program: binaries.postgres, args, user: binaries.user });
  // A group of its own: Ctrl-C must reach the launcher, which ends the children before their database.
  const keeper = spawn(process.execPath, [join(import.meta.dirname, "keep-postgres.ts"), plan], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, LC_ALL: "C", ROLLCALL_PARENT: String(process.pid) },
  });
  closeSync(log);
  return keeper;
}

async function answers(keeper: ChildProcess, url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {}, backoff: () => 0.02 });
  let refusal: unknown = null;
  const asked = async () => {
    if (keeper.exitCode !== null || (refusal as { code?: string } | null)?.code === "28P01") return true;
    refusal = await sql`select 1`.then(() => null).catch((error: unknown) => error);
    return refusal === null;
  };
  await waitUntil(asked, 30_000);
  await sql.end({ timeout: 1 });
  return refusal === null && keeper.exitCode === null;
}

async function stopKeeper(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const ended = new Promise((resolve) => keeper.once("exit", resolve));
  keeper.kill("SIGTERM");
  await ended;
}
