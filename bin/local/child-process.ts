import { spawn } from "node:child_process";
import { chmodSync, closeSync, existsSync, openSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export type ChildOptions = {
  name: string;
  root: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Called when the process ends without having been asked to, with the exit code or the signal in words. */
  onDeath: (how: string) => void;
};

export type Child = { pid: number; stop: () => Promise<void> };

/** Starts a Node process of the product that ends with the launcher; its output goes to a log file. */
export function startChild({ name, root, args, env, logFile, onDeath }: ChildOptions): Child {
  const preload = pathToFileURL(join(root, "bin/bare/end-with-parent.mjs")).href;
  const log = openLog(logFile);
  // A group of its own: Ctrl-C reaches the launcher, which ends web and worker in order, before their database.
  const child = spawn(process.execPath, ["--import", preload, ...args], {
    cwd: root,
    env: { ...env, ROLLCALL_PARENT: String(process.pid) },
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  if (child.pid === undefined) throw new Error(`${name} could not be started`);
  let asked = false;
  const ended = new Promise<void>((resolve) => {
    child.on("exit", (code, signal) => {
      resolve();
      if (!asked) onDeath(signal ? `by ${signal}` : `with exit code ${code}`);
    });
  });
  const stop = async () => {
    asked = true;
    child.kill("SIGTERM");
    const hurry = setTimeout(() => child.kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(hurry);
  };
  return { pid: child.pid, stop };
}

function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > 5 * 1024 * 1024) renameSync(file, `${file}.1`);
  const log = openSync(file, "a");
  chmodSync(file, 0o600);
  return log;
}
