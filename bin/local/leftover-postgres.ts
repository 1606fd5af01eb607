import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandLine, processStart } from "./process-identity.ts";
import { waitUntil } from "./wait-until.ts";

/** Stops a server that an earlier launcher left on this data folder; drops a pid file that names somebody else. */
export async function stopLeftoverPostgres(data: string): Promise<void> {
  const pidFile = join(data, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 1 || processStart(pid) === null) return;
  if (!commandLine(pid).includes(data)) return rmSync(pidFile, { force: true });
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitUntil(() => processStart(pid) === null, 8_000)) return;
  }
}
