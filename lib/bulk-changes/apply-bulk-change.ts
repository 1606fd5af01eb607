import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { carryOutPlan } from "#lib/runs/carry-out-plan.ts";
import { readSeats } from "#lib/seats/lock-seats.ts";

export type AppliedBulkChange =
  | { ok: true }
  | { ok: false; reason: "not_planned" | "too_old" | "nobody" | "count_differs" }
  /** `adds`: people who would become managed; `left`: seats. */
  | { ok: false; reason: "too_few_seats"; adds: number; left: number };

/**
 * Carries out a planned change of many people as it is. `typed` is the number of people to be suspended or of
 * invitations to be revoked, as the person wrote it. Nobody is made managed unless there are seats for all of them.
 */
export async function applyBulkChange(
  actor: UserActor,
  { runId, typed }: { runId: string; typed?: number | undefined },
): Promise<AppliedBulkChange> {
  authorize(actor, ["bulk_changes.create", "bulk_invites.create", "invitations.resend"]);
  return withAccount(actor, (tx) =>
    carryOutPlan(tx, actor, runId, async ({ people, options }) => {
      if (isTyped(options.action) && typed !== people) return { reason: "count_differs" as const };
      if (options.action !== "manage") return null;
      const { left } = await readSeats(tx);
      if (left === null || left >= people) return null;
      return { reason: "too_few_seats" as const, adds: people, left };
    }),
  );
}

/** What is hard to take back asks for the number. */
const isTyped = (action: unknown): boolean => action === "suspend" || action === "revoke";
