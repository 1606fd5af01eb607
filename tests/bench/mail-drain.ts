import postgres from "postgres";
import { copyTemplate } from "#tests/support/copy-template.ts";
import type { ClusterInfo } from "#tests/support/test-cluster.ts";
import { seedMails } from "../lib/mail/seed-mails.ts";
import { makeReminders } from "./mail-full.ts";
import { startStub, startWorker } from "./mail-processes.ts";
import { countStates } from "./mail-states.ts";

/** The product: claim, read, render, send to a provider that answers at once, write each outcome. */
export async function drain(cluster: ClusterInfo, mails: number, full = false) {
  const database = await copyTemplate(cluster);
  const stub = await startStub();
  const worker = await startWorker(database.workerUrl, stub.url, full ? mails : undefined);
  await fillOutbox(database.superUrl, mails);
  if (full) await makeReminders(database.superUrl);
  worker.go();
  const { ms, peakMb } = await worker.result();
  const { accepted, duplicates } = await stub.summary();
  const states = await countStates(database.superUrl);
  stub.stop();
  await database.drop();
  return { ms, peakMb, accepted, duplicates, states };
}

/** The floor: one statement takes a hundred and writes their outcome, past row-level security, until none is left. */
export async function drainBare(cluster: ClusterInfo, mails: number) {
  const database = await copyTemplate(cluster);
  await fillOutbox(database.superUrl, mails);
  const sql = postgres(database.superUrl, { max: 1, onnotice: () => {} });
  await sql`select`;
  const begun = performance.now();
  for (let taken = 1; taken > 0; ) {
    taken = (
      await sql`
        update emails e set state = 'sent', sent_at = now(), provider_id = 'bare'
        from (select account_id, id from emails where state = 'queued' and next_attempt_at <= now()
          order by priority, next_attempt_at, id limit 100 for update skip locked) due
        where e.account_id = due.account_id and e.id = due.id`
    ).count;
  }
  const ms = performance.now() - begun;
  await sql.end();
  const states = await countStates(database.superUrl);
  await database.drop();
  return { ms, states };
}

async function fillOutbox(superUrl: string, mails: number): Promise<void> {
  await seedMails(superUrl, { accounts: 1, mails, run: true });
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} });
  await sql`vacuum analyze`;
  await sql`checkpoint`;
  await sql.end();
}
