import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { wake } from "#lib/jobs/wake.ts";
import { runInvitationDates } from "#lib/mail/run-invitation-dates.ts";
import { runForgetAttempts } from "#lib/sign-in/run-forget-attempts.ts";
import { runDeletions } from "#lib/users/run-deletions.ts";

/** Longer than a lease and a heartbeat together: whoever is here was forgotten by the queue. */
const idleSeconds = 45;

/**
 * Finds what was left lying: runs without a worker, ended runs not tidied, uploads without a run, mails without a pump,
 * mails held for what is over, events without a seal, invitations that ran out or that nobody followed; then forgets what has been kept long enough.
 */
export async function runSweep({ keepRunsMonths }: { keepRunsMonths: number }): Promise<void> {
  await accountLess.ensureRunPartitions(3);
  for (const run of await accountLess.orphanedRuns(idleSeconds)) await enqueueFor(run, "run-slice");
  for (const run of await accountLess.untidiedRuns()) await enqueueFor(run, "tidy-run");
  await runInvitationDates();
  for (const { account_id: accountId } of await accountLess.unreleasedMails())
    await withAccount({ accountId }, (tx) => enqueue(tx, "release-mails", { accountId }));
  const [mail] = await accountLess.nextMailDue();
  if (mail?.due) await wake("send-mail", 0);
  await wake("seal-audit", 0);
  for (const upload of await accountLess.abandonedUploads()) await forgetUpload(upload);
  await runDeletions();
  await runForgetAttempts();
  await accountLess.dropRunPartitions(keepRunsMonths);
}

/** Of a file that no run has read nothing stays; of another its name, size and hash. */
const forgetUpload = ({ account_id: accountId, upload_id: id }: { account_id: string; upload_id: string }) =>
  withAccount({ accountId }, async (tx) => {
    await tx.execute(sql`delete from upload_pieces where upload_id = ${id}`);
    const known = sql`exists (select from runs where upload_id = ${id})`;
    const [gone] = await tx.execute<{ file_name: string }>(
      sql`delete from uploads where id = ${id} and not ${known} returning file_name`,
    );
    if (gone)
      await recordEvent(tx, systemActor(accountId, "sweep"), {
        action: "upload.forgotten",
        subjectKind: "upload",
        subjectId: id,
        details: { name: gone.file_name },
      });
    await tx.execute(sql`update uploads set state = 'read' where id = ${id}`);
  });

const enqueueFor = (run: { account_id: string; run_id: string }, queue: "run-slice" | "tidy-run") =>
  withAccount({ accountId: run.account_id }, (tx) =>
    enqueue(tx, queue, { accountId: run.account_id, runId: run.run_id }),
  );
