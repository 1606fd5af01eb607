// node tests/bench/reminders.ts [--invitations 1000000]: how long it takes two workers to remind everybody, to expire
// every invitation, to put off and let go a queue as long, and a worker that is killed meanwhile. Prints one JSON line.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { putOff } from "#lib/mail/pump/put-off.ts";
import { runInvitationDates } from "#lib/mail/run-invitation-dates.ts";
import { runReleaseMails } from "#lib/mail/run-release-mails.ts";
import { copyTemplate } from "#tests/support/copy-template.ts";
import { startTestCluster } from "#tests/support/test-cluster.ts";
import { seedMails } from "../lib/mail/seed-mails.ts";

if (process.env.SWEEP_URL) {
  openDatabase(process.env.SWEEP_URL);
  process.send?.("ready");
  for (;;) await runInvitationDates();
}

const { values } = parseArgs({ options: { invitations: { type: "string" } } });
const invitations = Number(values.invitations ?? 1_000_000);
const cluster = await startTestCluster();
const database = await copyTemplate(cluster.info);
const sql = postgres(database.superUrl, { max: 1, onnotice: () => {} });
const report: Record<string, unknown> = { bench: "reminders", invitations };
try {
  const [accountId = ""] = await seedMails(database.superUrl, { mails: invitations });
  await sql`update emails set state = 'sent', sent_at = now() - interval '4 days'`;
  await sql`update invitations set created_at = now() - interval '4 days', expires_at = now() + interval '10 days'`;
  await sql`vacuum analyze emails`;
  await sql`vacuum analyze invitations`;
  openDatabase(database.workerUrl);
  report.remindedMs = await timed(async () => {
    const child = fork(import.meta.filename, { env: { ...process.env, SWEEP_URL: database.workerUrl } });
    await new Promise((resolve) => child.once("message", resolve));
    const kill = setTimeout(() => child.kill("SIGKILL"), 2000);
    while (await runInvitationDates().then(({ reminded }) => reminded > 0));
    while ((await reminders()) < invitations) await runInvitationDates();
    clearTimeout(kill);
    child.kill("SIGKILL");
  });
  assert.deepEqual(
    [await reminders(), await runInvitationDates()],
    [invitations, { expired: 0, reminded: 0 }],
  );
  await sql`update accounts set daily_mail_cap = 0`;
  report.putOffMs = await timed(async () => assert.equal(await putOff(accountId, 1), invitations));
  report.releasedMs = await timed(async () =>
    assert.equal(await runReleaseMails({ accountId }), invitations),
  );
  await sql`update invitations set expires_at = now()`;
  report.expiredMs = await timed(async () => {
    while (await runInvitationDates().then(({ expired }) => expired > 0));
  });
  assert.equal(
    (await sql`select count(*)::int as n from invitations where state = 'expired'`)[0]?.n,
    invitations,
  );
  console.log(JSON.stringify(report));
} finally {
  await closeDatabase();
  await sql.end();
  await database.drop();
  await cluster.stop();
}

async function reminders(): Promise<number> {
  return (await sql`select count(*)::int as n from emails where kind = 'reminder'`)[0]?.n;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return Math.round(performance.now() - begun);
}
