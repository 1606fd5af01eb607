import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { tellHolders } from "#lib/mail/tell-holders.ts";

/** Tells everybody who may decide, once until a sync is completed again. */
export async function tellOverdue(
  tx: Transaction,
  accountId: string,
  directoryId: string,
  days: number,
): Promise<void> {
  await tx.execute(sql`update directories set alerted_at = now() where id = ${directoryId}`);
  await recordEvent(tx, systemActor(accountId, "schedule"), {
    action: "directory.overdue",
    subjectKind: "directory",
    subjectId: directoryId,
    details: { days },
  });
  const [event] = await tx.execute<{ id: string }>(sql`
    select id from audit_events where account_id = ${accountId} and action = 'directory.overdue' order by id desc limit 1`);
  await tellHolders(tx, accountId, "enrollment.directory_sync", {
    key: `sync_overdue:${event?.id}`,
    kind: "sync_overdue",
    subjectId: directoryId,
    generation: days,
  });
}
