import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import { writeEnd } from "./slice/finish.ts";
import type { RunRow } from "./slice/lease.ts";

type Preview = Pick<RunRow, "kind" | "mode" | "requested_by_name" | "applied_to" | "removals">;

/** Puts away a planned undo that nobody has confirmed; never one that is being carried out. */
export async function dropUndo(
  actor: UserActor,
  runId: string,
): Promise<{ ok: true } | { ok: false; reason: "not_planned" }> {
  authorize(actor, anyOf("undo"));
  return withAccount(actor, async (tx) => {
    const [preview] = await tx.execute<Preview>(sql`
      select kind, mode, requested_by_name, applied_to, removals from runs r
      where id = ${runId} and kind = 'undo' and state = 'planned' and mode = 'check' and ${openTo(actor, "undo")} for update`);
    if (!preview) return { ok: false, reason: "not_planned" };
    await recordEvent(tx, actor, {
      action: "run.cancel_requested",
      subjectKind: "run",
      subjectId: runId,
      runId,
    });
    await writeEnd(tx, { accountId: actor.accountId, runId }, preview, { state: "cancelled" });
    return { ok: true };
  });
}
