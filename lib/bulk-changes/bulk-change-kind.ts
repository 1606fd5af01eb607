import type { RunKind } from "#lib/runs/run-kind.ts";
import { pickPeople } from "./plan/pick-people.ts";
import { planChanges } from "./plan/plan-changes.ts";

/** How a run of the kind `bulk_change` plans: its entries are people who are here, picked by the database itself. */
export const bulkChangeKind: RunKind = {
  async *read() {},
  confirmed: true,
  settle: pickPeople,
  nothingFound: "Nobody matches any more. Look at the list again.",
  plan: planChanges,
};
