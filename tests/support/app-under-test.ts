import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Child, startChild } from "#bin/local/child-process.ts";
import { freePort } from "#bin/local/free-port.ts";
import { logTail } from "#bin/local/log-tail.ts";
import { ownProgram } from "#bin/local/own-program.ts";
import { waitUntil } from "#bin/local/wait-until.ts";
import { type CopiedDatabase, copyTemplate } from "./copy-template.ts";
import type { ClusterInfo } from "./test-cluster.ts";

export type AppUnderTest = {
  url: string;
  database: CopiedDatabase;
  environment: NodeJS.ProcessEnv;
  logFolder: string;
  webPid: number;
  /** One more worker on the same database; whoever starts it stops it. */
  startWorker: () => Child;
  /** Throws when web or a worker ended by itself meanwhile. */
  stop: () => Promise<void>;
};

const root = join(import.meta.dirname, "..", "..");

/** Starts the production build and a worker on a fresh database, with the local mailbox unless `extra` says otherwise. */
export async function startApp(info: ClusterInfo, extra: Record<string, string> = {}): Promise<AppUnderTest> {
  const port = await freePort();
  const database = await copyTemplate(info, port);
  const environment = { ...database.environment, ...extra };
  const logFolder = join(root, ".build", "logs", database.name);
  mkdirSync(logFolder, { recursive: true });
  const deaths: string[] = [];
  const start = (name: string, args: string[]) => {
    const logFile = join(logFolder, `${name}.log`);
    const onDeath = (how: string) => deaths.push(`${name} ended ${how}:\n${logTail(logFile)}`);
    return startChild({ name, root, args, env: environment, logFile, onDeath });
  };
  const startWorker = () => start("worker", ownProgram("worker/main.ts"));
  const next = join("node_modules", "next", "dist", "bin", "next");
  const web = start("web", [next, "start", "-H", "127.0.0.1", "-p", String(port)]);
  const children = [web, startWorker()];
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()));
    await database.drop();
    if (deaths.length > 0)
      throw new Error(`The application under test did not live on. ${deaths.join("\n")}`);
  };
  if (!(await waitUntil(() => answers(url), 60_000))) {
    await stop();
    throw new Error(
      `The web process does not answer. The end of its log:\n${logTail(join(logFolder, "web.log"))}`,
    );
  }
  return { url, database, environment, logFolder, webPid: web.pid, startWorker, stop };
}

function answers(url: string): Promise<boolean> {
  return fetch(url, { redirect: "manual" }).then(
    (answer) => answer.status < 500,
    () => false,
  );
}
