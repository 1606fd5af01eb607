import { type SQL, sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { Author } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

type TargetRun = {
  kind: "directory_sync";
  mode: "check" | "apply";
  trigger: "manual" | "scheduled" | "weekly";
  target: string;
  settingsVersion: number;
  span: "full" | "incremental";
};

/**
 * A run that keeps a target true, and its job, in the caller's transaction, which holds the target; null where `allowed`
 * does not hold, or where one of its trigger waits already. Who may ask is checked by whoever calls.
 */
export async function requestTargetRun(
  tx: Transaction,
  author: Author,
  run: TargetRun,
  allowed: SQL,
): Promise<string | null> {
  const [userId, name] = author.kind === "user" ? [author.userId, author.userName] : [null, author.reason];
  const [made] = await tx.execute<{ id: string }>(sql`
    insert into runs (account_id, kind, mode, trigger, requested_by, requested_by_name, target, settings_version, span)
    select ${author.accountId}::uuid, ${run.kind}, ${run.mode}, ${run.trigger}, ${userId}::uuid, ${name}, ${run.target}::uuid,
      ${run.settingsVersion}::int, ${run.span} where ${allowed}
    on conflict do nothing returning id`);
  if (!made) return null;
  await recordEvent(tx, author, {
    action: "run.requested",
    subjectKind: "run",
    subjectId: made.id,
    runId: made.id,
    details: { kind: run.kind, mode: run.mode, trigger: run.trigger },
  });
  await enqueue(tx, "run-slice", { accountId: author.accountId, runId: made.id });
  return made.id;
}
