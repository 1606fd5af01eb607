import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { planSettings } from "./slice/plan-settings.ts";

type Applied = { ok: true } | { ok: false; reason: "not_planned" | "too_old" | "settings_changed" };

const freshMinutes = 60;

/** Carries out a checked plan as it is, while it is fresh. Of two at once one is taken. */
export async function applyPlannedRun(actor: UserActor, runId: string): Promise<Applied> {
  authorize(actor, "imports.apply");
  return withAccount(actor, async (tx) => {
    const [run] = await tx.execute<{ fresh: boolean; fits: boolean }>(sql`
      select planned_at > now() - make_interval(mins => ${freshMinutes}) as fresh, planned_under = ${planSettings} as fits
      from runs
      where id = ${runId} and state = 'planned' and mode = 'check' and cancel_requested_at is null for update`);
    if (!run) return { ok: false, reason: "not_planned" };
    if (!run.fresh) return { ok: false, reason: "too_old" };
    if (!run.fits) return { ok: false, reason: "settings_changed" };
    await tx.execute(sql`
      update runs set mode = 'apply', options = options || '{"checked": true}' where id = ${runId}`);
    await recordEvent(tx, actor, {
      action: "run.apply_requested",
      subjectKind: "run",
      subjectId: runId,
      runId,
    });
    await enqueue(tx, "run-slice", { accountId: actor.accountId, runId });
    return { ok: true };
  });
}
