import { markRepeats } from "#lib/runs/mark-repeats.ts";
import type { RunKind } from "#lib/runs/run-kind.ts";
import { hintTwins } from "./plan/hint-twins.ts";
import { planRows } from "./plan/plan-rows.ts";
import { readUpload } from "./plan/read-upload.ts";

/** How a run of the kind `import` reads its file and what it plans; the rest is the pipeline's. */
export const importKind: RunKind = {
  read: readUpload,
  settle: (run) => [markRepeats(run)],
  plan: planRows,
  hint: hintTwins,
};
