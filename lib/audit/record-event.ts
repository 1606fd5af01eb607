import { sql } from "drizzle-orm";
import type { Author } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import type { EventAction } from "./event-words.ts";

type AuditEvent = {
  action: EventAction;
  /** What `subjectId` is the id of: `user`, `run`, `role`, `group`, `account`, `session`, `domain`, `upload`. */
  subjectKind?: string;
  subjectId?: string;
  runId?: string;
  details?: Record<string, unknown>;
};

/** Written in the transaction of its cause: both are there, or neither. */
export async function recordEvent(tx: Transaction, actor: Author, event: AuditEvent): Promise<void> {
  const who =
    actor.kind === "user" ? { id: actor.userId, name: actor.userName } : { id: null, name: actor.reason };
  await tx.execute(sql`
    insert into audit_events (account_id, actor_kind, actor_id, actor_name, ip, action, subject_kind, subject_id, run_id, details)
    values (${actor.accountId}, ${actor.kind}, ${who.id}, ${who.name}, ${actor.ip ?? null}, ${event.action},
      ${event.subjectKind ?? null}, ${event.subjectId ?? null}, ${event.runId ?? null}, ${JSON.stringify(event.details ?? {})}::jsonb)`);
}
