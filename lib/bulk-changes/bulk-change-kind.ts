import { isInvitationAction } from "#lib/runs/operations-of-runs.ts";
import type { RunKind, WorkedRun } from "#lib/runs/run-kind.ts";
import { pickInvitations } from "./plan/pick-invitations.ts";
import { pickPeople } from "./plan/pick-people.ts";
import { planChanges } from "./plan/plan-changes.ts";
import { planInvitations } from "./plan/plan-invitations.ts";

const ofInvitations = (run: WorkedRun): boolean => isInvitationAction(run.options.action);

/** How a run of the kind `bulk_change` plans: its entries are people or invitations, picked by the database itself. */
export const bulkChangeKind: RunKind = {
  async *read() {},
  confirmed: true,
  settle: (run) => (ofInvitations(run) ? pickInvitations(run) : pickPeople(run)),
  nothingFound: "Nobody matches any more. Look at the list again.",
  plan: (run, range) => (ofInvitations(run) ? planInvitations : planChanges)(run, range),
};
