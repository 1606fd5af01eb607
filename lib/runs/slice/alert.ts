import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueueMail } from "#lib/mail/enqueue-mail.ts";
import { tellHolders } from "#lib/mail/tell-holders.ts";
import type { Scope } from "./lease.ts";

type Recipient = { id: string; email: string };

/**
 * Tells the requester by mail that the run has ended, if they asked for it and it took longer than the account calls
 * long; the time that a checked plan lay before them does not count. Who cancelled it knows.
 */
export async function alertRequester(tx: Transaction, { accountId, runId }: Scope): Promise<void> {
  const [requester] = await tx.execute<Recipient>(sql`
    select u.id, u.email from runs r
    join accounts a on a.id = r.account_id
    join users u on u.account_id = r.account_id and u.id = r.requested_by
    where r.id = ${runId} and r.kind in ('import', 'bulk_change', 'undo') and r.mode = 'apply' and r.options @> '{"alert": true}'
      and u.email is not null and u.status in ('active', 'signed_up')
      and r.finished_at - r.requested_at - coalesce(r.applying_at - r.planned_at, interval '0')
        > make_interval(secs => a.long_run_seconds)
      and not exists (select from audit_events e where e.run_id = r.id
        and e.action = 'run.cancel_requested' and e.actor_id = r.requested_by)`);
  if (!requester) return;
  await enqueueMail(tx, accountId, {
    key: `run_ended:${runId}`,
    kind: "run_ended",
    recipient: requester.email,
    subjectId: runId,
    userId: requester.id,
  });
}

/** Tells everybody who may decide that suspensions wait for approval; each once a run. */
export async function alertDeciders(tx: Transaction, { accountId, runId }: Scope): Promise<void> {
  const [run] = await tx.execute<{ kind: string }>(sql`select kind from runs where id = ${runId}`);
  const privilege = run?.kind === "directory_sync" ? "enrollment.directory_sync" : "enrollment.import";
  const key = `removals_waiting:${runId}`;
  await tellHolders(tx, accountId, privilege, { key, kind: "removals_waiting", subjectId: runId });
}

/** Somebody who was at the console so lately sees what becomes of their sync. */
const isLooking = "interval '15 minutes'";

/** Tells everybody who may decide that a sync has failed that nobody looks at: one that came by itself, or whose asker has gone. */
export async function alertOfFailure(tx: Transaction, { accountId, runId }: Scope): Promise<void> {
  const [unseen] = await tx.execute(sql`
    select 1 from runs r where r.id = ${runId} and r.kind = 'directory_sync' and r.mode = 'apply'
      and (r.trigger <> 'manual' or not exists (
        select from sessions s where s.account_id = r.account_id and s.user_id = r.requested_by and s.ended_at is null
          and s.last_seen_at > now() - ${sql.raw(isLooking)}))`);
  if (!unseen) return;
  const key = `sync_failed:${runId}`;
  await tellHolders(tx, accountId, "enrollment.directory_sync", {
    key,
    kind: "sync_failed",
    subjectId: runId,
  });
}
