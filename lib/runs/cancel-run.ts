import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import { writeEnd } from "./slice/finish.ts";
import type { RunRow } from "./slice/lease.ts";

type OpenRun = Pick<RunRow, "state" | "kind" | "mode" | "requested_by_name" | "applied_to" | "removals">;
type Cancelled = { ok: true } | { ok: false; reason: "ended" };

/** The run stops before its next range; what is applied stays, and the report says how far it came. */
export async function cancelRun(actor: UserActor, runId: string): Promise<Cancelled> {
  authorize(actor, anyOf("cancel"));
  return withAccount(actor, async (tx) => {
    const [run] = await tx.execute<OpenRun>(sql`
      select state, kind, mode, requested_by_name, applied_to, removals from runs r
      where id = ${runId} and state in ('queued', 'reading', 'planning', 'planned', 'applying') and ${openTo(actor, "cancel")}
      for update`);
    if (!run) return { ok: false, reason: "ended" };
    const scope = { accountId: actor.accountId, runId };
    await tx.execute(sql`
      update runs set cancel_requested_at = now(), cancel_requested_by = ${actor.userName}
      where id = ${runId} and cancel_requested_at is null`);
    await recordEvent(tx, actor, {
      action: "run.cancel_requested",
      subjectKind: "run",
      subjectId: runId,
      runId,
    });
    // A checked plan has no worker that would see it.
    if (run.state === "planned" && run.mode === "check")
      await writeEnd(tx, scope, run, { state: "cancelled" });
    else await enqueue(tx, "run-slice", scope);
    return { ok: true };
  });
}
