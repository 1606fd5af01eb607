// One worker of the bench, in a process of its own: pumps until the outbox is empty, then prints one JSON line.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { openTransport } from "#lib/mail/open-transport.ts";
import { runSendMail } from "#lib/mail/run-send-mail.ts";

const environment = process.env as unknown as Record<
  "WORKER_DATABASE_URL" | "RESEND_BASE_URL" | "RESEND_API_KEY",
  string
> & { DAILY_CAP?: string };
const dailyCap = environment.DAILY_CAP ? Number(environment.DAILY_CAP) : null;
/** What waits longer waits for another day. */
const longestWaitMs = 60_000;
openDatabase(environment.WORKER_DATABASE_URL);
const transport = openTransport({
  MAIL_TRANSPORT: "resend",
  MAIL_FROM: "Rollcall <noreply@rollcall.test>",
  RESEND_API_KEY: environment.RESEND_API_KEY,
  RESEND_BASE_URL: environment.RESEND_BASE_URL,
  RESEND_RATE: 5,
});
const stationery = { baseUrl: "https://rollcall.example", tokenKey: Buffer.alloc(32, 7).toString("base64") };

// Warm: connections, code and templates; there is nothing due yet.
await runSendMail({ transport, stationery, dailyCap });
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));

const begun = performance.now();
for (;;) {
  const { dueInMs } = await runSendMail({ transport, stationery, dailyCap });
  if (dueInMs === null || dueInMs > longestWaitMs) break;
  await sleep(Math.min(dueInMs, 200));
}
const ms = performance.now() - begun;
const peakMb = Math.round(
  Number(readFileSync("/proc/self/status", "utf8").match(/VmHWM:\s+(\d+)/)?.[1]) / 1024,
);
process.stdout.write(`${JSON.stringify({ ms, peakMb })}\n`);
process.stdin.destroy();
await closeDatabase();
