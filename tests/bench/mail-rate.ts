import { setTimeout as sleep } from "node:timers/promises";
import { copyTemplate } from "#tests/support/copy-template.ts";
import type { ClusterInfo } from "#tests/support/test-cluster.ts";
import { seedMails } from "../lib/mail/seed-mails.ts";
import { makeFull, tellOfMails } from "./mail-full.ts";
import { startStub, startWorker } from "./mail-processes.ts";
import { countStates } from "./mail-states.ts";

const rate = 5;

/**
 * 10,000 mails, two workers, a provider that enforces 5 requests a second over a sliding window and answers after 150 ms.
 * `full`: half of them reminders, every account with a cap, one more account that has used it up, and a provider that tells
 * meanwhile of every tenth mail what became of it. With `kill`, one worker is killed (SIGKILL) half-way, between the provider's accepting and our commit.
 */
export async function measureRate(cluster: ClusterInfo, mails: number, { kill = false, full = false }) {
  const database = await copyTemplate(cluster);
  const stub = await startStub(rate);
  await stub.everyRequest({ delayMs: 150 });
  const workers = await Promise.all(
    [1, 2].map(() => startWorker(database.workerUrl, stub.url, full ? mails : undefined)),
  );
  await seedMails(database.superUrl, { accounts: 5, mails });
  if (full) await makeFull(database.superUrl, mails);
  const telling = full ? tellOfMails(database.appUrl, stub.url) : null;
  const begun = performance.now();
  for (const worker of workers) worker.go();
  if (kill) {
    while ((await stub.summary()).accepted < mails / 2) await sleep(20);
    workers.shift()?.kill();
  }
  const results = await Promise.all(workers.map((worker) => worker.result()));
  const seconds = (performance.now() - begun) / 1000;
  const summary = await stub.summary();
  const told = await telling?.stop();
  const states = await countStates(database.superUrl);
  stub.stop();
  await database.drop();
  const ideal = Math.ceil(mails / 100) / rate;
  return {
    seconds,
    ideal,
    ratio: seconds / ideal,
    ...summary,
    states,
    told,
    peakMb: Math.max(...results.map((it) => it.peakMb)),
  };
}
