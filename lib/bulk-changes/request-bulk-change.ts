import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { requestRun } from "#lib/runs/request-run.ts";
import type { UsersFilter } from "#lib/users/users-where.ts";
import { type BulkAction, operationOf } from "./bulk-action.ts";

/** The people that were ticked, or all whom a filter of the list matches. */
export type Selection = { people: string[] } | { filter: UsersFilter };

/** Plans a change of many people, for somebody to look at: nobody is changed. Returns the run's id. */
export async function requestBulkChange(
  actor: UserActor,
  wish: { action: BulkAction } & Selection,
): Promise<{ ok: true; runId: string } | { ok: false; reason: "nobody" }> {
  authorize(actor, operationOf(wish.action));
  // Whom a filter matches is told by the plan.
  if (wish.action === "invite") authorize(actor, "bulk_changes.view");
  if ("people" in wish && wish.people.length === 0) return { ok: false, reason: "nobody" };
  const runId = await withAccount(actor, (tx) =>
    requestRun(tx, actor, { kind: "bulk_change", mode: "check", options: wish }),
  );
  return { ok: true, runId };
}
