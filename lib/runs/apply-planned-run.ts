import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { planSettings } from "./slice/plan-settings.ts";
import { freshMinutes, startPlanned } from "./slice/start-planned.ts";

type Applied = { ok: true } | { ok: false; reason: "not_planned" | "too_old" | "settings_changed" };

/** Carries out a checked file's plan as it is, while it is fresh. Of two at once one is taken. */
export async function applyPlannedRun(actor: UserActor, runId: string): Promise<Applied> {
  authorize(actor, "imports.apply");
  return withAccount(actor, async (tx) => {
    const [run] = await tx.execute<{ fresh: boolean; fits: boolean }>(sql`
      select planned_at > now() - make_interval(mins => ${freshMinutes}) as fresh, planned_under = ${planSettings} as fits
      from runs
      where id = ${runId} and kind = 'import' and state = 'planned' and mode = 'check' and cancel_requested_at is null for update`);
    if (!run) return { ok: false, reason: "not_planned" };
    if (!run.fresh) return { ok: false, reason: "too_old" };
    if (!run.fits) return { ok: false, reason: "settings_changed" };
    await startPlanned(tx, actor, runId);
    return { ok: true };
  });
}
