"use server";
import { z } from "zod";
import { countOf } from "#app/_components/number.ts";
import { formAction } from "#app/_web/form-action.ts";
import { peopleCount } from "#app/_web/people-count.ts";
import { applyBulkChange } from "#lib/bulk-changes/apply-bulk-change.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { seatsLeft } from "../../settings/seats/seats-in-words.ts";

const decision = z.object({
  run: z.uuid(),
  people: peopleCount("Type the number of those that would be changed.").optional(),
});

const tooLate = {
  not_planned: "Nothing was done now: somebody has decided already. Below it says how it stands.",
  too_old:
    "Nothing was changed: this plan is older than an hour, or was made under other settings, and people may have changed since.",
} as const;

export const applyChange = formAction(
  decision,
  async ({ run, people }, actor) => {
    const to = `/a/${actor.accountSlug}/runs/${run}`;
    const applied = await applyBulkChange(actor, { runId: run, typed: people });
    if (applied.ok) return { ok: true, to };
    // The form is gone from the page by now, so that the answer cannot stand on it.
    if (applied.reason === "not_planned" || applied.reason === "too_old")
      return { ok: true, to, flash: { tone: "error", message: tooLate[applied.reason] } };
    if (applied.reason === "too_few_seats")
      return {
        ok: false,
        reason: applied.reason,
        sentence: `Nobody was changed: this adds ${countOf(applied.adds, "billed user")}; ${seatsLeft(applied)}.`,
      };
    return { ok: false, reason: applied.reason };
  },
  {
    nobody: "Nobody would be changed.",
    count_differs: "Nothing was changed: that is not the number of those who would be changed.",
    too_few_seats: "Nobody was changed: there are not enough seats.",
  },
);

export const cancelChange = formAction(
  z.object({ run: z.uuid() }),
  async ({ run }, actor) => {
    const cancelled = await cancelRun(actor, run);
    return cancelled.ok ? { ok: true, to: `/a/${actor.accountSlug}/runs/${run}` } : cancelled;
  },
  { ended: "This change is over already; there is nothing left to cancel." },
);
