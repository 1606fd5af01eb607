import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { applyPlannedRun } from "#lib/runs/apply-planned-run.ts";
import { manualUnderWay, type SyncRefusal, whyNot } from "./request-sync.ts";
import { holdTarget } from "./sync/target.ts";

type Objection = SyncRefusal | { reason: "settings_changed" | "overtaken" };

/**
 * Carries out exactly what a **Preview** has shown, as a manual run: it feels the hold and begins one. Refused once the
 * settings are others, or another sync was completed since.
 */
export async function applyPreview(
  actor: UserActor,
  { runId, holdHours }: { runId: string; holdHours: number },
) {
  authorize(actor, "directory.sync");
  return applyPlannedRun<Objection>(actor, runId, "directory_sync", async (tx) => {
    const held = await holdTarget(tx);
    if (!held?.ready) return { reason: "not_connected" };
    const [state] = await tx.execute<{
      free: boolean;
      busy: boolean;
      version: number;
      overtaken: boolean;
    }>(sql`
      select coalesce(d.held_since, '-infinity') <= now() - ${holdHours}::numeric * interval '1 hour' as free,
        exists (${manualUnderWay(held.id)}) as busy, r.settings_version as version,
        exists (select from runs o where o.target = d.id and o.id <> r.id and o.mode = 'apply' and o.applying_at > r.planned_at) as overtaken
      from directories d join runs r on r.account_id = d.account_id and r.target = d.id and r.id = ${runId}`);
    if (!state) return null;
    if (state.version !== held.version) return { reason: "settings_changed" };
    if (state.overtaken) return { reason: "overtaken" };
    return state.busy || !state.free ? whyNot(tx, held, holdHours) : null;
  });
}
