import { markRepeats } from "#lib/runs/mark-repeats.ts";
import type { RunKind } from "#lib/runs/run-kind.ts";
import { planInvites } from "./plan/plan-invites.ts";
import { readUpload } from "./plan/read-upload.ts";

/** How a run of the kind `bulk_invite` reads its list of addresses and what it plans; the rest is the pipeline's. */
export const bulkInviteKind: RunKind = {
  read: readUpload,
  settle: (run) => [markRepeats(run)],
  nothingFound: "The file has no address in it. Choose a file with one address a line.",
  plan: planInvites,
};
