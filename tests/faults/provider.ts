import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Fault } from "#tests/support/resend-stub.ts";

type Ledger = { accepted: number; duplicates: number; recipients: number; requests: number; repeats: number };

export type Provider = {
  url: string;
  apiKey: string;
  /** Every nth request goes wrong like this. */
  every: (nth: number, fault: Fault) => Promise<void>;
  ledger: () => Promise<Ledger>;
  stop: () => Promise<void>;
};

const program = join(import.meta.dirname, "..", "support", "resend-stub.ts");

/** The mail provider's stand-in as a process of its own, so that no fault of ours reaches its book. */
export async function startProvider(): Promise<Provider> {
  const apiKey = "re_faults_key";
  const child = spawn(process.execPath, [program, "--port", "0", "--key", apiKey], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(createInterface(child.stdout), "line")) as [string];
  return {
    url,
    apiKey,
    every: async (nth, fault) => {
      await fetch(`${url}/faults`, { method: "POST", body: JSON.stringify({ every: { nth, fault } }) });
    },
    ledger: async () => (await (await fetch(`${url}/ledger`)).json()) as Ledger,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
