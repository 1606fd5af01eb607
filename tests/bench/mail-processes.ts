import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Fault } from "#tests/support/resend-stub.ts";

type Summary = {
  accepted: number;
  duplicates: number;
  withoutKey: number;
  repeats: number;
  requests: number;
  limited: number;
  limitedAfterFirstSecond: number;
  spanMs: number;
};

const children = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => (await lines.next()).value as string;
  return { child, line };
}

/** The provider's stand-in as a process, so that it shares no event loop with what is measured. */
export async function startStub(rate?: number) {
  const { child, line } = start(["tests/support/resend-stub.ts", ...(rate ? ["--rate", String(rate)] : [])]);
  const url = await line();
  return {
    url,
    summary: async () => (await (await fetch(`${url}/ledger`)).json()) as Summary,
    everyRequest: (fault: Fault) =>
      fetch(`${url}/faults`, { method: "POST", body: JSON.stringify({ every: { nth: 1, fault } }) }),
    stop: () => child.kill(),
  };
}

/** Resolves when the worker is warm; `go` begins the measured part, `result` ends it. */
export async function startWorker(databaseUrl: string, stubUrl: string, dailyCap?: number) {
  const env: Record<string, string> = {
    WORKER_DATABASE_URL: databaseUrl,
    RESEND_BASE_URL: stubUrl,
    RESEND_API_KEY: "re_test_key",
    ...(dailyCap === undefined ? {} : { DAILY_CAP: String(dailyCap) }),
  };
  const { child, line } = start(["tests/bench/mail-worker.ts"], env);
  await line();
  return {
    go: () => child.stdin?.write("go\n"),
    result: async () => JSON.parse(await line()) as { ms: number; peakMb: number },
    kill: () => child.kill("SIGKILL"),
  };
}
