import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { openTo } from "./report/open-to.ts";
import { planSettings } from "./slice/plan-settings.ts";
import { freshMinutes, startPlanned } from "./slice/start-planned.ts";

type Seen = { people: number; options: Record<string, unknown> };
type Refusal = { reason: "not_planned" | "too_old" | "nobody" } & Record<string, unknown>;

/**
 * Lets the plan of a bulk change be carried out as it is, in the caller's transaction, while it is fresh and unless
 * `object` has something against it. Of two at once one is taken.
 */
export async function carryOutPlan<Objection extends { reason: string }>(
  tx: Transaction,
  actor: UserActor,
  runId: string,
  object: (seen: Seen) => Promise<Objection | null>,
): Promise<{ ok: true } | ({ ok: false } & (Refusal | Objection))> {
  authorize(actor, ["bulk_changes.create", "bulk_invites.create", "invitations.resend"]);
  const [run] = await tx.execute<Seen & { fresh: boolean }>(sql`
    select created + updated + deleted + activated as people, options,
      planned_at > now() - make_interval(mins => ${freshMinutes}) and planned_under = ${planSettings} as fresh from runs r
    where id = ${runId} and kind = 'bulk_change' and state = 'planned' and mode = 'check' and cancel_requested_at is null
      and ${openTo(actor, "cancel")} for update`);
  if (!run) return { ok: false, reason: "not_planned" };
  if (!run.fresh) return { ok: false, reason: "too_old" };
  if (run.people === 0) return { ok: false, reason: "nobody" };
  const objection = await object(run);
  if (objection) return { ok: false, ...objection };
  await startPlanned(tx, actor, runId);
  return { ok: true };
}
