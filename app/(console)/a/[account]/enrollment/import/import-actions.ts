"use server";
import { z } from "zod";
import { applyPlannedRun, cancelRun } from "#app/_stand_in/lib.ts";
import { formAction } from "#app/_web/form-action.ts";

const chosen = z.object({ run: z.string().min(1) });

export const cancelImport = formAction(
  chosen,
  async ({ run }, actor) => {
    const cancelled = await cancelRun(actor, run);
    if (!cancelled.ok) return cancelled;
    return { ok: true, to: `/a/${actor.accountSlug}/enrollment/import?run=${run}` };
  },
  { over: "This import is over already; there is nothing left to cancel." },
);

export const applyPlan = formAction(
  chosen,
  async ({ run }, actor) => {
    const applied = await applyPlannedRun(actor, run);
    if (!applied.ok) return applied;
    return { ok: true, to: `/a/${actor.accountSlug}/enrollment/import?run=${run}` };
  },
  { stale: "This plan is no longer fresh. Check the file again." },
);
