import { join } from "node:path";
import { startChild } from "#bin/local/child-process.ts";
import { logTail } from "#bin/local/log-tail.ts";
import { waitUntil } from "#bin/local/wait-until.ts";

type Web = { root: string; logs: string; port: number; environment: NodeJS.ProcessEnv };

/** One web process of the production build. Throws when it does not answer within a minute. */
export async function startWeb({ root, logs, port, environment: env }: Web) {
  const logFile = join(logs, `web-${port}.log`);
  const next = join("node_modules", "next", "dist", "bin", "next");
  const args = [next, "start", "-H", "127.0.0.1", "-p", String(port)];
  const onDeath = (how: string) => console.error(`a web process ended ${how}:\n${logTail(logFile)}`);
  const web = startChild({ name: "web", root, args, env, logFile, onDeath });
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${url}/healthz`).then(
      ({ status }) => status < 500,
      () => false,
    );
  if (await waitUntil(answers, 60_000)) return { url, stop: web.stop };
  await web.stop();
  throw new Error(`The web process does not answer:\n${logTail(logFile)}`);
}
