import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueueMail } from "#lib/mail/enqueue-mail.ts";
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
  const deciders = await tx.execute<Recipient>(sql`
    select u.id, u.email from users u
    where u.email is not null and u.status in ('active', 'signed_up') and exists (
      select from role_holders g join roles o on o.account_id = g.account_id and o.id = g.role_id
      where g.account_id = u.account_id and g.user_id = u.id
        and (o.kind in ('owner', 'admin') or (select case kind when 'directory_sync' then 'enrollment.directory_sync' else 'enrollment.import' end
          from runs where id = ${runId}) = any (o.privileges)))
    order by u.id`);
  for (const { id, email } of deciders)
    await enqueueMail(tx, accountId, {
      key: `removals_waiting:${runId}:${id}`,
      kind: "removals_waiting",
      recipient: email,
      subjectId: runId,
      userId: id,
    });
}
