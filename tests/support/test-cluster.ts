import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { type Cluster, type ClusterOptions, startCluster } from "#bin/local/cluster.ts";
import { freePort } from "#bin/local/free-port.ts";
import { makeSecrets, type Secrets } from "#bin/local/load-secrets.ts";
import { ownProgram } from "#bin/local/own-program.ts";
import { prepareDatabase } from "#bin/local/prepare-database.ts";
import { processStart } from "#bin/local/process-identity.ts";
import { ownerSettings } from "#bin/local/process-settings.ts";
import { runStep } from "#bin/local/run-step.ts";

/** What another process needs to use a running test cluster; plain data. */
export type ClusterInfo = { port: number; secrets: Secrets };

export type TestCluster = {
  info: ClusterInfo;
  /** Postgres's immediate shutdown (as a crash), then a start on the same port and data. */
  crashAndRestart: () => Promise<void>;
  stop: () => Promise<void>;
};

export const templateDatabase = "rollcall_template";

const root = join(import.meta.dirname, "..", "..");
const onDisk = join(root, ".build", "clusters");
const inMemory = `/dev/shm/rollcall-tests-${process.getuid?.() ?? "any"}`;
const leastMemory = 4 * 1024 ** 3;

/**
 * A Postgres of its own for tests, benches and fault rounds: fast (no fsync), with the roles of production and a
 * migrated template database. Its data goes when it stops.
 */
export const startTestCluster = (settings: Record<string, string> = {}): Promise<TestCluster> =>
  startIn(onDisk, settings);

/** The same for tests, which make a database each: in memory where there is some, as 700 files a database take 10 times as long on a disk. */
export const startQuickCluster = (): Promise<TestCluster> =>
  startIn(hasMemory() ? inMemory : onDisk, { max_wal_size: "512MB" });

function hasMemory(): boolean {
  if (!existsSync("/dev/shm")) return false;
  const { bavail, bsize } = statfsSync("/dev/shm");
  return bavail * bsize >= leastMemory;
}

async function startIn(clusters: string, settings: Record<string, string>): Promise<TestCluster> {
  for (const each of [onDisk, inMemory]) removeAbandoned(each);
  const secrets = makeSecrets();
  const folder = join(clusters, `${process.pid}-${randomBytes(4).toString("hex")}`);
  const options: ClusterOptions = {
    root,
    folder: join(folder, "pg"),
    port: await freePort(),
    password: secrets.superuserPassword,
    logFile: join(folder, "postgres.log"),
    settings: { fsync: "off", full_page_writes: "off", max_connections: "200", ...settings },
  };
  let cluster = await startCluster(options);
  await migrateTemplate(cluster, secrets, folder);
  return {
    info: { port: options.port, secrets },
    crashAndRestart: async () => {
      await crash(cluster);
      cluster = await startCluster(options);
    },
    stop: async () => {
      await cluster.stop();
      rmSync(cluster.data, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function migrateTemplate(cluster: Cluster, secrets: Secrets, folder: string): Promise<void> {
  await prepareDatabase(cluster.superUrl(), templateDatabase, secrets.ownerPassword);
  const env = ownerSettings({ port: 80, postgresPort: cluster.port, database: templateDatabase, secrets });
  const signal = new AbortController().signal;
  await runStep({
    title: "Migrating the template database",
    root,
    args: ownProgram("bin/migrate.ts"),
    env,
    logFile: join(folder, "migrate.log"),
    signal,
  });
}

async function crash(cluster: Cluster): Promise<void> {
  const pid = Number(readFileSync(join(cluster.data, "postmaster.pid"), "utf8").split("\n")[0]);
  const ended = new Promise((resolve) => cluster.keeper.once("exit", resolve));
  process.kill(pid, "SIGQUIT");
  await ended;
}

/** Folders of test runs that were killed; their servers ended with them. */
function removeAbandoned(clusters: string): void {
  if (!existsSync(clusters)) return;
  for (const name of readdirSync(clusters)) {
    if (processStart(Number(name.split("-")[0])) === null)
      rmSync(join(clusters, name), { recursive: true, force: true });
  }
}
