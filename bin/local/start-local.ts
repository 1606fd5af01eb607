import { join } from "node:path";
import { buildPages, pagesAreStale } from "./build-pages.ts";
import { startChild } from "./child-process.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { freePort } from "./free-port.ts";
import { keepWorker } from "./keep-worker.ts";
import { loadSecrets } from "./load-secrets.ts";
import { firstPort, refuseTakenPorts } from "./local-ports.ts";
import { migrateIfStale } from "./migrate-if-stale.ts";
import { ownProgram } from "./own-program.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { ownerSettings, type Place, processSettings } from "./process-settings.ts";
import { runStep } from "./run-step.ts";
import { type RunningRecord, takeDataFolder } from "./running-record.ts";
import { identityProviderUrl, providerAnswers, startIdentityProvider } from "./start-identity-provider.ts";
import { StartRefused } from "./start-refused.ts";
import { directoryAnswers, directoryWords, startSampleDirectory } from "./start-sample-directory.ts";
import type { Stopping } from "./stop-once.ts";
import { waitUntil } from "./wait-until.ts";

export type Launch = { root: string; dataFolder: string; stopping: Stopping };

const database = "rollcall";

/** Starts everything and prints where it is. What it started is ended by `stopping`. */
export async function startLocal(launch: Launch): Promise<void> {
  const port = firstPort();
  const url = `http://127.0.0.1:${port}`;
  const record = await takeDataFolder(launch.dataFolder, url);
  launch.stopping.onStop(record.clear);
  const secrets = loadSecrets(launch.dataFolder);
  const drillPort = await freePort();
  const place = { port, postgresPort: port + 4, database, secrets, drillPort };
  const cluster = await startPostgres(launch, place, record);
  await migrate(launch, place, cluster);
  await buildIfStale(launch, place);
  startWeb(launch, place, record);
  startProvider(launch, place, record);
  startDirectory(launch, place, record);
  keepWorker({ ...launch, env: processSettings(place), logFile: log(launch, "worker"), record });
  const [signInPath] = await Promise.all([loadSample(launch, place), webAnswers(launch, url)]);
  process.stdout.write(
    "\nLocal mode: on this machine only, with sample data; mails stay in the local mailbox. " +
      "Data and logs are in .data/; Ctrl-C stops it.\n" +
      directoryWords({ ...sampleDirectoryOf(launch, place), webUrl: url }) +
      `Sign in: ${url}${signInPath}\nRollcall is ready: ${url}\n`,
  );
}

async function startPostgres(launch: Launch, place: Place, record: RunningRecord): Promise<Cluster> {
  // A server that a killed launcher left is stopped by startCluster, and holds the last port until then.
  const cluster = await startCluster({
    root: launch.root,
    folder: join(launch.dataFolder, "pg"),
    port: place.postgresPort,
    password: place.secrets.superuserPassword,
    logFile: log(launch, "postgres"),
    beforeStart: () => refuseTakenPorts(place.port),
  });
  launch.stopping.onStop(cluster.stop);
  cluster.keeper.on("exit", () => {
    if (launch.stopping.signal.aborted) return;
    console.error(`Postgres ended by itself; see ${log(launch, "postgres")}. Stopping the rest.`);
    void launch.stopping.stop(1);
  });
  if (cluster.keeper.pid) record.add("postgres", cluster.keeper.pid);
  console.log(`Postgres runs on 127.0.0.1:${place.postgresPort}; its data is in ${cluster.data}`);
  return cluster;
}

async function migrate(launch: Launch, place: Place, cluster: Cluster): Promise<void> {
  await prepareDatabase(cluster.superUrl(), database, place.secrets.ownerPassword);
  const { root, stopping } = launch;
  const env = ownerSettings(place);
  await migrateIfStale(cluster.superUrl(), database, {
    root,
    env,
    logFile: log(launch, "migrate"),
    signal: stopping.signal,
  });
}

async function buildIfStale(launch: Launch, place: Place): Promise<void> {
  if (!pagesAreStale(launch.root)) return;
  console.log(
    "Building the pages (first time, or the sources changed): a minute or two, longer on a busy machine.",
  );
  const { root, stopping } = launch;
  await buildPages({
    root,
    env: processSettings(place),
    logFile: log(launch, "build"),
    signal: stopping.signal,
  });
}

function startWeb(launch: Launch, place: Place, record: RunningRecord): void {
  const web = startChild({
    name: "web",
    root: launch.root,
    args: ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(place.port)],
    env: processSettings(place),
    logFile: log(launch, "web"),
    onDeath: (how) => {
      console.error(`The web process ended ${how}; see ${log(launch, "web")}. Stopping the rest.`);
      void launch.stopping.stop(1);
    },
  });
  launch.stopping.onStop(web.stop);
  record.add("web", web.pid);
}

function startProvider(launch: Launch, place: Place, record: RunningRecord): void {
  const { root, stopping } = launch;
  const logFile = log(launch, "identity-provider");
  const provider = startIdentityProvider({
    root,
    port: place.port + 1,
    webUrl: `http://127.0.0.1:${place.port}`,
    secret: place.secrets.sampleProviderSecret,
    logFile,
    onDeath: (how) => {
      if (stopping.signal.aborted) return;
      console.error(`The sample identity provider ended ${how}; see ${logFile}. All else goes on.`);
    },
  });
  stopping.onStop(provider.stop);
  record.add("identity provider", provider.pid);
}

type SampleDirectory = Place & { drillPort: number };

function startDirectory(launch: Launch, place: SampleDirectory, record: RunningRecord): void {
  const { root, stopping } = launch;
  const logFile = log(launch, "sample-directory");
  const directory = startSampleDirectory({
    ...sampleDirectoryOf(launch, place),
    root,
    token: place.secrets.drillToken,
    logFile,
    onDeath: (how) => {
      if (stopping.signal.aborted) return;
      console.error(`The sample directory ended ${how}; see ${logFile}. All else goes on.`);
    },
  });
  stopping.onStop(directory.stop);
  record.add("sample directory", directory.pid);
}

const sampleDirectoryOf = ({ dataFolder }: Launch, { port, drillPort, secrets }: SampleDirectory) => ({
  ports: { startTls: port + 2, ldaps: port + 3, door: drillPort },
  password: secrets.sampleReaderPassword,
  folder: join(dataFolder, "sample-directory"),
});

async function webAnswers({ stopping }: Launch, url: string): Promise<void> {
  const asked = () =>
    fetch(url, { redirect: "manual", signal: stopping.signal }).then(
      (answer) => answer.status < 500,
      () => false,
    );
  if (!(await waitUntil(asked, 60_000))) throw new StartRefused(`The web process does not answer at ${url}.`);
}

async function loadSample(launch: Launch, place: SampleDirectory): Promise<string> {
  const provider = identityProviderUrl(place.port + 1);
  const { signal } = launch.stopping;
  await waitUntil(() => providerAnswers(provider, signal), 20_000);
  await waitUntil(() => directoryAnswers(place.drillPort, place.secrets.drillToken, signal), 20_000);
  const output = await step(launch, "Loading the sample account", "sample", ownProgram("bin/seed-local.ts"), {
    ...ownerSettings(place),
    SAMPLE_PROVIDER: provider,
    SAMPLE_PROVIDER_SECRET: place.secrets.sampleProviderSecret,
  });
  const last = output.trim().split("\n").at(-1) ?? "";
  const { signInPath } = JSON.parse(last) as { signInPath: string };
  return signInPath;
}

function step(
  launch: Launch,
  title: string,
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  return runStep({
    title,
    root: launch.root,
    args,
    env,
    logFile: log(launch, name),
    signal: launch.stopping.signal,
  });
}

function log({ dataFolder }: Launch, name: string): string {
  return join(dataFolder, "logs", `${name}.log`);
}
