import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

/**
 * Keys of all mails that are about the person or go to them, none older than the links in them can live. An index of the
 * outbox by address would say it at once, and cost every import.
 */
export async function mailKeysOf(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.execute<{ key: string }>(sql`
    select 'invitation:' || i.id || ':' || g as key from invitations i cross join generate_series(1, i.generation) g
    where i.user_id = ${userId}
    union all
    select 'reminder:' || i.id || ':' || g from invitations i cross join generate_series(1, i.generation) g
    where i.user_id = ${userId}
    union all
    select 'sign_in_link:' || t.id from sign_in_tokens t
    where t.user_id = ${userId} and t.created_at > now() - interval '90 days'
    union all
    select 'address_proof:' || p.id from address_proofs p
    where p.user_id = ${userId} and p.created_at > now() - interval '90 days'
    union all
    select 'account_activated:' || c.user_id || ':' || c.run_id from run_changes c
    where c.account_id = current_account() and c.user_id = ${userId} and c.action = 'restore'
    union all
    select 'run_ended:' || r.id from runs r where r.requested_by = ${userId}
    union all
    select 'removals_waiting:' || r.id || ':' || ${userId}::text from runs r where r.removals <> 'none'
    union all
    select 'sync_failed:' || r.id || ':' || ${userId}::text from runs r where r.kind = 'directory_sync' and r.state = 'failed'
    union all
    select 'sync_overdue:' || e.id || ':' || ${userId}::text from audit_events e
    where e.account_id = current_account() and e.action = 'directory.overdue'`);
  return [...rows].map((row) => row.key);
}
