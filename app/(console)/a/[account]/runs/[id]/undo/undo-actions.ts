"use server";
import { z } from "zod";
import { countOf } from "#app/_components/number.ts";
import { formAction } from "#app/_web/form-action.ts";
import { peopleCount } from "#app/_web/people-count.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { applyUndo } from "#lib/runs/apply-undo.ts";
import { dropUndo } from "#lib/runs/drop-undo.ts";
import { requestUndo } from "#lib/runs/request-undo.ts";
import { seatsLeft } from "../../../settings/seats/seats-in-words.ts";

export const startUndo = formAction(
  z.object({ run: z.uuid() }),
  async ({ run }, actor) => {
    const asked = await requestUndo(actor, run);
    return asked.ok ? { ok: true, to: `/a/${actor.accountSlug}/runs/${run}/undo` } : asked;
  },
  {
    not_undoable:
      "Only an import, a sync, a bulk invite or a change of many people that was carried out can be undone.",
    is_an_undo: "An undo cannot be undone.",
    not_over: "This run is not over yet. Cancel it first, or wait.",
    nothing_done: "This run changed nobody; there is nothing to undo.",
    too_long_ago: "This run ended more than 30 days ago and cannot be undone any more.",
    undone: "This run was undone already, or is being undone now.",
  },
);

const chosen = z.discriminatedUnion("decision", [
  z.object({
    run: z.uuid(),
    undo: z.uuid(),
    decision: z.literal("undo"),
    people: peopleCount("Type the number of people that would be changed."),
  }),
  z.object({ run: z.uuid(), undo: z.uuid(), decision: z.literal("keep") }),
]);

const kept = { tone: "success", message: "Everything was kept. Nothing was undone." } as const;

/** Answers to a page that is out of date: the form is gone by now, so that they cannot stand on it. */
const outOfDate = {
  not_planned: "Nothing was done now: somebody has decided already. Below it says how it stands.",
  too_old:
    "Nothing was undone: the plan is older than an hour, or what it takes back went on since. Plan it anew.",
};

export const decideUndo = formAction(
  chosen,
  async (choice, actor) => {
    const report = `/a/${actor.accountSlug}/runs/${choice.run}`;
    const result = await carryOut(choice, actor);
    if (result.ok)
      return choice.decision === "undo"
        ? { ok: true, to: `${report}/undo` }
        : { ok: true, to: report, flash: kept };
    if (result.reason === "not_planned" || result.reason === "too_old")
      return {
        ok: true,
        to: `${report}/undo`,
        flash: { tone: "error", message: outOfDate[result.reason] },
      };
    if (result.reason === "too_few_seats")
      return {
        ok: false,
        reason: result.reason,
        sentence: `Nothing was undone: this adds ${countOf(result.adds, "billed user")}; ${seatsLeft(result)}.`,
      };
    return { ok: false, reason: result.reason };
  },
  {
    nobody: "Nothing was undone: nobody would be changed.",
    too_few_seats: "Nothing was undone: there are not enough seats.",
    count_differs: "Nothing was undone: that is not the number of people who would be changed.",
  },
);

const carryOut = (choice: z.output<typeof chosen>, actor: UserActor) =>
  choice.decision === "undo"
    ? applyUndo(actor, { runId: choice.undo, typed: choice.people })
    : dropUndo(actor, choice.undo);
