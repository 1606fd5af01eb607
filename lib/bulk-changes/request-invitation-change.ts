import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { InvitationsFilter } from "#lib/invitations/matching-invitations.ts";
import type { InvitationAction } from "#lib/runs/operations-of-runs.ts";
import { requestRun } from "#lib/runs/request-run.ts";

/** The invitations that were ticked, or all that a filter of the list matches. */
export type PickedInvitations = { invitations: string[] } | { filter: InvitationsFilter };

/** Plans to send many invitations again, or to revoke them, for somebody to look at. Returns the run's id. */
export async function requestInvitationChange(
  actor: UserActor,
  wish: { action: InvitationAction } & PickedInvitations,
): Promise<{ ok: true; runId: string } | { ok: false; reason: "nobody" }> {
  authorize(actor, `invitations.${wish.action}`);
  if ("invitations" in wish && wish.invitations.length === 0) return { ok: false, reason: "nobody" };
  const runId = await withAccount(actor, (tx) =>
    requestRun(tx, actor, { kind: "bulk_change", mode: "check", options: wish }),
  );
  return { ok: true, runId };
}
