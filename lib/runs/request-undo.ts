import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import { requestRun } from "./request-run.ts";
import { writeEnd } from "./slice/finish.ts";
import type { RunRow } from "./slice/lease.ts";
import { canBeUndone, hasChanged, isOver, isRecent, takenBack } from "./undo/undoable.ts";

type Refusal = "not_undoable" | "is_an_undo" | "not_over" | "nothing_done" | "too_long_ago" | "undone";
export type RequestedUndo = { ok: true; runId: string } | { ok: false; reason: Refusal };

/**
 * Plans the undo of an import, for somebody to look at: nobody is changed. One that was asked for before and never
 * carried out gives way; one that is still being planned is answered with. Returns the undo's id.
 */
export async function requestUndo(actor: UserActor, runId: string): Promise<RequestedUndo> {
  authorize(actor, anyOf("undo"));
  return withAccount(actor, async (tx) => {
    const reason = await refusal(tx, actor, runId);
    if (reason) return { ok: false, reason };
    const earlier = await giveWay(tx, actor, runId);
    if (earlier) return { ok: true, runId: earlier };
    return { ok: true, runId: await requestRun(tx, actor, { kind: "undo", mode: "check", undoes: runId }) };
  });
}

/** Holds the row of the run that is to be undone, so that of two who ask at once the second sees the first's. */
async function refusal(tx: Transaction, actor: UserActor, runId: string): Promise<Refusal | null> {
  const [run] = await tx.execute<Record<Refusal, boolean>>(sql`
    select r.kind = 'undo' as is_an_undo, not (${canBeUndone}) as not_undoable, not ${isOver} as not_over,
      not (${hasChanged}) as nothing_done, not (${isRecent}) as too_long_ago
    from runs r where r.id = ${runId} and ${openTo(actor, "undo")} for update`);
  if (!run) return "not_undoable";
  const order = ["is_an_undo", "not_undoable", "not_over", "nothing_done", "too_long_ago"] as const;
  const first = order.find((reason) => run[reason]);
  if (first) return first;
  const undone = await tx.execute(sql`select 1 from runs r where r.id = ${runId} and exists (${takenBack})`);
  return undone.length > 0 ? "undone" : null;
}

type Preview = Pick<
  RunRow,
  "id" | "state" | "kind" | "mode" | "requested_by_name" | "applied_to" | "removals"
>;

async function giveWay(tx: Transaction, actor: UserActor, runId: string): Promise<string | null> {
  const [preview] = await tx.execute<Preview>(sql`
    select id, state, kind, mode, requested_by_name, applied_to, removals from runs
    where undoes = ${runId} and state not in ('failed', 'cancelled', 'completed') for update`);
  if (!preview) return null;
  if (preview.state !== "planned") return preview.id;
  await writeEnd(tx, { accountId: actor.accountId, runId: preview.id }, preview, { state: "cancelled" });
  return null;
}
