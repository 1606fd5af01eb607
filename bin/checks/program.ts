import { type ChildProcess, spawn } from "node:child_process";
import { watchParent } from "../bare/watch-parent.mjs";
import { withoutSettings } from "../local/process-settings.ts";

export type Ran = { exitCode: number | null; output: string };

const running = new Set<ChildProcess>();

/** Runs a Node script; its output is shown as it comes, or kept for when it failed. */
export function runProgram(
  args: string[],
  options: { quiet: boolean; env?: NodeJS.ProcessEnv },
): Promise<Ran> {
  const child = spawn(process.execPath, args, {
    // The caller's DATABASE_URL or mail keys are none of the tests' business, nor is NODE_ENV=production.
    env: { ...withoutSettings(), NODE_ENV: "test", NEXT_TELEMETRY_DISABLED: "1", ...options.env },
    stdio: options.quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      running.delete(child);
      resolve({ exitCode, output });
    });
  });
}

/** Passes the end of this process on to what it runs, waits until that has cleaned up, and ends with 1. */
export function endTogether(): void {
  const end = () => {
    for (const child of running) {
      child.once("close", () => running.size === 0 && process.exit(1));
      child.kill("SIGTERM");
    }
    if (running.size === 0) process.exit(1);
    setTimeout(() => process.exit(1), 30_000).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
  watchParent(end);
}
