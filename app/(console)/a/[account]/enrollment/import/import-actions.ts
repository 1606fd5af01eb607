"use server";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import { applyPlannedRun } from "#lib/runs/apply-planned-run.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";

const chosen = z.object({ run: z.uuid() });

export const cancelImport = formAction(
  // Where it was asked for; the run itself says which of the two it is allowed for.
  chosen.extend({ page: z.enum(["import", "bulk-invite"]).default("import") }),
  async ({ run, page }, actor) => {
    const cancelled = await cancelRun(actor, run);
    if (!cancelled.ok) return cancelled;
    return { ok: true, to: `/a/${actor.accountSlug}/enrollment/${page}?run=${run}` };
  },
  { ended: "This is over already; there is nothing left to cancel." },
);

export const applyPlan = formAction(
  chosen,
  async ({ run }, actor) => {
    const applied = await applyPlannedRun(actor, run);
    if (!applied.ok) return applied;
    return { ok: true, to: `/a/${actor.accountSlug}/enrollment/import?run=${run}` };
  },
  {
    not_planned: "There is no plan to apply any more.",
    too_old: "This plan is older than an hour, and people may have changed since. Check the file again.",
    settings_changed:
      "The account's domains, clear word or limits have changed since this plan was made. Check the file again.",
  },
);
