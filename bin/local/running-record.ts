import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processStart } from "./process-identity.ts";
import { StartRefused } from "./start-refused.ts";
import { waitUntil } from "./wait-until.ts";

type Recorded = { name: string; pid: number; began: string | null };
type Running = { url: string; processes: Recorded[] };

/** What this launcher runs, written down so that the next one can tell its leftovers from other people's processes. */
export type RunningRecord = { add: (name: string, pid: number) => void; clear: () => void };

/**
 * Takes the data folder for this launcher: refuses while another one lives, ends what a killed one left.
 * Only a process whose id and beginning are both as recorded is touched.
 */
export async function takeDataFolder(dataFolder: string, url: string): Promise<RunningRecord> {
  const file = join(dataFolder, "running.json");
  const before = read(file);
  const [launcher, ...children] = before.processes.filter(isStillRunning);
  if (launcher?.name === "launcher") {
    throw new StartRefused(
      `Rollcall already runs from this folder, at ${before.url} (process ${launcher.pid}). ` +
        `Stop it with Ctrl-C in its terminal, or with: kill ${launcher.pid}`,
    );
  }
  await Promise.all([launcher, ...children].filter((child) => child !== undefined).map(end));
  const processes: Recorded[] = [];
  const add = (name: string, pid: number) => {
    processes.push({ name, pid, began: processStart(pid) });
    writeFileSync(file, `${JSON.stringify({ url, processes }, null, 2)}\n`);
  };
  add("launcher", process.pid);
  return { add, clear: () => rmSync(file, { force: true }) };
}

function read(file: string): Running {
  if (!existsSync(file)) return { url: "", processes: [] };
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Cut off in the middle of a write: nothing in it can be trusted, and the ports are checked anyway.
    return { url: "", processes: [] };
  }
}

function isStillRunning({ pid, began }: Recorded): boolean {
  return began !== null && processStart(pid) === began;
}

async function end(left: Recorded): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (isStillRunning(left)) process.kill(left.pid, signal);
    if (await waitUntil(() => !isStillRunning(left), 5_000)) return;
  }
}
