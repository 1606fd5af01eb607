import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";

type Suspended =
  | { ok: true; sessions: number; runs: number; mails: number }
  | { ok: false; reason: "suspended_already" };

/**
 * For the operator. Sessions end and unused links die; runs stop before their next range, and mails wait, until the
 * account is restored. Nothing of it is lost.
 */
export function suspendAccount(accountId: string): Promise<Suspended> {
  return withAccount({ accountId }, async (tx) => {
    await tx.execute(sql`set local statement_timeout = '10min'`);
    // A worker in the middle of a run finds its lease gone before the next range. Runs come before the account, as they do
    // where a run takes seats.
    const runs = await tx.execute(sql`
      update runs set lease = null, lease_until = null
      where state in ('queued', 'reading', 'planning', 'applying') or (state = 'planned' and mode = 'apply') returning id`);
    const [now] = await tx.execute(sql`
      update accounts set suspended_at = now() where id = ${accountId} and suspended_at is null returning id`);
    if (!now) return { ok: false, reason: "suspended_already" };
    const sessions = await tx.execute(sql`
      update sessions set ended_at = now() where ended_at is null and expires_at > now() returning id`);
    await tx.execute(
      sql`update sign_in_tokens set expires_at = now() where used_at is null and expires_at > now()`,
    );
    const [mails] = await tx.execute<{ n: number }>(sql`
      with put_off as (update emails set next_attempt_at = 'infinity' where state = 'queued' returning 1)
      select count(*)::int as n from put_off`);
    const counts = { sessions: sessions.length, runs: runs.length, mails: mails?.n ?? 0 };
    await recordEvent(tx, systemActor(accountId, "operator"), {
      action: "account.suspended",
      subjectKind: "account",
      subjectId: accountId,
      details: counts,
    });
    return { ok: true, ...counts };
  });
}
