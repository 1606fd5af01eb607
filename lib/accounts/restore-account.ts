import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

type Restored = { ok: true; runs: number; mails: number } | { ok: false; reason: "not_suspended" };

/** For the operator: runs go on where they stopped, and the mails that waited are due now. Sessions stay ended. */
export function restoreAccount(accountId: string): Promise<Restored> {
  return withAccount({ accountId }, async (tx) => {
    await tx.execute(sql`set local statement_timeout = '10min'`);
    const [now] = await tx.execute(sql`
      update accounts set suspended_at = null where id = ${accountId} and suspended_at is not null returning id`);
    if (!now) return { ok: false, reason: "not_suspended" };
    const runs = await tx.execute<{ id: string }>(sql`
      select id from runs where state in ('queued', 'reading', 'planning', 'applying') or (state = 'planned' and mode = 'apply')`);
    for (const { id } of runs) await enqueue(tx, "run-slice", { accountId, runId: id });
    const [mails] = await tx.execute<{ n: number }>(sql`
      with due as (update emails set next_attempt_at = now(), waits_for = null
        where state = 'queued' and next_attempt_at = 'infinity' and waits_for is distinct from 'breaker' returning 1)
      select count(*)::int as n from due`);
    if (mails?.n) await enqueue(tx, "send-mail", {});
    const counts = { runs: runs.length, mails: mails?.n ?? 0 };
    await recordEvent(tx, systemActor(accountId, "operator"), {
      action: "account.restored",
      subjectKind: "account",
      subjectId: accountId,
      details: counts,
    });
    return { ok: true, ...counts };
  });
}
