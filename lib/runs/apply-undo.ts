import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import { dropWaiting } from "./slice/removals.ts";
import { freshMinutes, startPlanned } from "./slice/start-planned.ts";
import { type TooFewSeats, tooFewSeats } from "./undo/too-few-seats.ts";

export type AppliedUndo =
  | { ok: true }
  | { ok: false; reason: "not_planned" | "too_old" | "nobody" }
  | { ok: false; reason: "count_differs"; people: number }
  | ({ ok: false } & TooFewSeats);

type Planned = { undoes: string; people: number; fresh: boolean; as_seen: boolean };

/**
 * Carries out a planned undo as it is, while it is fresh. `typed` is the number of people that it changes, as the person
 * wrote it. Removals of the undone import that still wait for approval are not done any more.
 */
export async function applyUndo(
  actor: UserActor,
  { runId, typed }: { runId: string; typed: number },
): Promise<AppliedUndo> {
  authorize(actor, anyOf("undo"));
  return withAccount(actor, async (tx) => {
    // In the order in which requestUndo holds them.
    await tx.execute(sql`
      select 1 from runs r where r.id = (select d.undoes from runs d where d.id = ${runId} and d.kind = 'undo') for update`);
    const [undo] = await tx.execute<Planned>(sql`
      select d.undoes, d.created + d.updated + d.deleted + d.activated as people,
        d.planned_at > now() - make_interval(mins => ${freshMinutes}) as fresh,
        r.finished_at < d.planned_at and r.state in ('completed', 'failed', 'cancelled') as as_seen
      from runs d join runs r on r.account_id = d.account_id and r.id = d.undoes
      where d.id = ${runId} and d.kind = 'undo' and d.state = 'planned' and d.mode = 'check' and d.cancel_requested_at is null
        and ${openTo(actor, "undo")}
      for update of d`);
    if (!undo) return { ok: false, reason: "not_planned" };
    // Approved removals go on with a run that had ended.
    if (!undo.fresh || !undo.as_seen) return { ok: false, reason: "too_old" };
    if (undo.people === 0) return { ok: false, reason: "nobody" };
    if (undo.people !== typed) return { ok: false, reason: "count_differs", people: undo.people };
    const seatless = await tooFewSeats(tx, runId);
    if (seatless) return { ok: false, ...seatless };
    await dropWaiting(tx, sql`r.id = ${undo.undoes} and r.removals = 'waiting'`, {
      removals: "discarded",
      by: actor.userName,
      reason: "The import was undone before this removal was approved. Nobody was removed.",
    });
    await startPlanned(tx, actor, runId);
    return { ok: true };
  });
}
