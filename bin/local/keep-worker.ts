import { type Child, startChild } from "./child-process.ts";
import { ownProgram } from "./own-program.ts";
import type { RunningRecord } from "./running-record.ts";
import type { Stopping } from "./stop-once.ts";

export type WorkerPlace = {
  root: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  stopping: Stopping;
  record: RunningRecord;
};

const deathsAllowed = 5;
const withinMs = 60_000;

/** Starts the worker, and starts it again when it dies: its runs resume where they were. Gives up on a worker that keeps dying. */
export function keepWorker({ root, env, logFile, stopping, record }: WorkerPlace): void {
  let worker: Child;
  let deaths: number[] = [];
  const start = () => {
    worker = startChild({ name: "worker", root, args: ownProgram("worker/main.ts"), env, logFile, onDeath });
    record.add("worker", worker.pid);
  };
  const onDeath = (how: string) => {
    if (stopping.signal.aborted) return;
    deaths = [...deaths.filter((at) => at > Date.now() - withinMs), Date.now()];
    if (deaths.length > deathsAllowed) {
      console.error(
        `The worker ended ${how} for the ${deaths.length}th time in a minute; see ${logFile}. Stopping.`,
      );
      void stopping.stop(1);
      return;
    }
    console.error(`The worker ended ${how}; starting it again. See ${logFile}`);
    start();
  };
  start();
  stopping.onStop(() => worker.stop());
}
