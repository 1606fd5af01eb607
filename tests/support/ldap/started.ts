import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const longestMs = 30_000;

/** What the work brings as soon as the server answers. Throws with what the server wrote when it ends before, or never does. */
export async function started<T>(
  server: ChildProcess,
  { log, work }: { log: string; work: () => Promise<T> },
): Promise<T> {
  const until = Date.now() + longestMs;
  for (;;) {
    try {
      return await work();
    } catch (cause) {
      if (server.exitCode === null && server.signalCode === null && Date.now() < until) await sleep(20);
      else
        throw new Error(`the server does not start: ${readFileSync(log, "utf8").slice(-2_000)}`, { cause });
    }
  }
}

export async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, "exit");
  server.kill("SIGTERM");
  await exit;
}
