import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startChild } from "#bin/local/child-process.ts";
import { logTail } from "#bin/local/log-tail.ts";
import { ownProgram } from "#bin/local/own-program.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { copyTemplate } from "#tests/support/copy-template.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { rolesOf } from "#tests/support/roles-of.ts";
import type { ClusterInfo } from "#tests/support/test-cluster.ts";
import { type Provider, startProvider } from "./provider.ts";
import type { Stage, Trial, Worker } from "./trial.ts";

const root = join(import.meta.dirname, "..", "..");
const slug = "faults";

/** A database, a provider and an account of their own; what runs here is the product's own worker process. */
export async function openStage(info: ClusterInfo, name: string, trial: Trial): Promise<Stage> {
  const roles = rolesOf(await copyTemplate(info), { app: 2, worker: 1 });
  const provider = await startProvider();
  const environment: NodeJS.ProcessEnv = {
    ...roles.database.environment,
    ...mailSettings(provider),
    ROLLCALL_ALLOW_NETWORKS: "127.0.0.0/8",
  };
  process.env.ROLLCALL_SECRET_KEYS = environment.ROLLCALL_SECRET_KEYS;
  const account = await roles.as("owner", () => makeAccount(environment.ROLLCALL_TOKEN_KEY ?? "", { slug }));
  const crew = openCrew(`${trial.name} ${name}`, environment);
  const actor = ownerOf(account);
  const prepared = await trial.prepare({ roles, account, actor, startWorker: crew.start });
  const stage: Stage = {
    sql: roles.sql,
    accountId: account.id,
    trial,
    provider,
    request: prepared.request,
    requestSecond: prepared.requestSecond,
    count: (runId) => prepared.count(stage, runId),
    tables: (runId) => trial.tables(stage, runId),
    startWorker: crew.start,
    deaths: crew.deaths,
    close: async () => {
      await crew.stop();
      await prepared.close?.();
      await provider.stop();
      await roles.end();
    },
  };
  return stage;
}

const mailSettings = (provider: Provider) => ({
  MAIL_TRANSPORT: "resend",
  MAIL_FROM: "Rollcall <noreply@rollcall.test>",
  RESEND_API_KEY: provider.apiKey,
  RESEND_BASE_URL: provider.url,
  RESEND_RATE: "200",
  LOG_LEVEL: "info",
});

function openCrew(name: string, env: NodeJS.ProcessEnv) {
  const folder = join(root, ".build", "logs", "faults");
  mkdirSync(folder, { recursive: true });
  const deaths: string[] = [];
  const living = new Set<() => Promise<void>>();
  const start = (): Worker => {
    const logFile = join(folder, `${name.replaceAll(/\W+/g, "-")}.log`);
    let killed = false;
    let gone: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const onDeath = (how: string) => {
      living.delete(child.stop);
      gone();
      if (!killed) deaths.push(`a worker ended ${how}:\n${logTail(logFile)}`);
    };
    const child = startChild({
      name: "worker",
      root,
      args: ownProgram("worker/main.ts"),
      env,
      logFile,
      onDeath,
    });
    living.add(child.stop);
    const signal = async (signalName: Parameters<Worker["signal"]>[0]) => {
      killed ||= signalName === "SIGKILL";
      process.kill(child.pid, signalName);
      if (signalName === "SIGKILL") await ended;
    };
    return { signal, stop: child.stop };
  };
  return { start, deaths, stop: async () => void (await Promise.all([...living].map((stop) => stop()))) };
}
