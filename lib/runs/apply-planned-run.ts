import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import type { RunKindName } from "./run-kind.ts";
import { planSettings } from "./slice/plan-settings.ts";
import { freshMinutes, startPlanned } from "./slice/start-planned.ts";

type Refusal = { reason: "not_planned" | "too_old" | "settings_changed" };

/** Somebody's reason against carrying out a plan, in the transaction that would. */
type Objection<R> = (tx: Transaction) => Promise<R | null>;

/**
 * Carries out the plan of a check as it is, while it is fresh and unless `object` has something against it. Of two at once
 * one is taken.
 */
export async function applyPlannedRun<R extends { reason: string } = never>(
  actor: UserActor,
  runId: string,
  kind: RunKindName = "import",
  object?: Objection<R>,
): Promise<{ ok: true } | ({ ok: false } & (Refusal | R))> {
  authorize(actor, anyOf("apply"));
  return withAccount(actor, async (tx) => {
    const objection = (await object?.(tx)) ?? null;
    const [run] = await tx.execute<{ fresh: boolean; fits: boolean }>(sql`
      select planned_at > now() - make_interval(mins => ${freshMinutes}) as fresh, planned_under = ${planSettings} as fits
      from runs r where id = ${runId} and kind = ${kind} and state = 'planned' and mode = 'check' and cancel_requested_at is null
        and ${openTo(actor, "apply")} for update`);
    if (!run) return { ok: false, reason: "not_planned" };
    if (!run.fresh) return { ok: false, reason: "too_old" };
    if (!run.fits) return { ok: false, reason: "settings_changed" };
    if (objection) return { ok: false, ...objection };
    await startPlanned(tx, actor, runId);
    return { ok: true };
  });
}
