import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";

/** Once until a sync is completed again. */
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
}
