"use server";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import { peopleCount } from "#app/_web/people-count.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { discardRemovals } from "#lib/runs/discard-removals.ts";

const people = peopleCount("Type the number of people that would be suspended.");

const decision = z.discriminatedUnion("decision", [
  z.object({ run: z.uuid(), decision: z.literal("approve"), people }),
  z.object({ run: z.uuid(), decision: z.literal("discard") }),
]);

const decided = {
  approve: { tone: "success", message: "Approved. These people are being suspended now." },
  discard: { tone: "success", message: "Discarded. Nobody was suspended." },
} as const;

const tooLate = {
  tone: "error",
  message:
    "Nothing was done: these suspensions do not wait any more. Below it says who decided about them, and when.",
} as const;

export const decideRemovals = formAction(
  decision,
  async (chosen, actor) => {
    const to = `/a/${actor.accountSlug}/runs/${chosen.run}`;
    const result = await carryOut(chosen, actor);
    if (result.ok) return { ok: true, to, flash: decided[chosen.decision] };
    // The form is gone from the page by now, so that the answer cannot stand on it.
    return result.reason === "not_waiting"
      ? { ok: true, to, flash: tooLate }
      : { ok: false, reason: result.reason };
  },
  {
    count_differs: "Nobody was suspended: that is not the number of people who wait. Look at the list again.",
  },
);

const carryOut = (chosen: z.output<typeof decision>, actor: UserActor) =>
  chosen.decision === "approve"
    ? approveRemovals(actor, { runId: chosen.run, typed: chosen.people })
    : discardRemovals(actor, chosen.run);
