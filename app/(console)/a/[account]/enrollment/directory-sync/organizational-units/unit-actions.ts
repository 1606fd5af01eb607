"use server";
import { z } from "zod";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import { firstName, keyOrNull } from "#lib/directory/dn-key.ts";
import { saveStep } from "#lib/directory/save-step.ts";
import { stepRefusals } from "../step-refusals.ts";

const most = 2_000;

const schema = z
  .looseObject({
    take: z.enum(["all", "none", "specific"], "Choose one."),
    seen: z.coerce.number().int(),
  })
  .transform(({ take, seen, ...rest }) => ({ take, seen, chosen: chosenOf(rest) }))
  .refine(({ take, chosen }) => take !== "specific" || chosen.length > 0, {
    path: ["take"],
    message: "Tick at least one unit, or choose another way.",
  })
  .refine(({ chosen }) => chosen.length <= most, {
    path: ["take"],
    message: "These are more than 2,000. Tick the units above them instead.",
  });

/** Ticked boxes are named by the unit's id, and hold its name in the directory. */
const chosenOf = (rest: Record<string, unknown>) =>
  Object.entries(rest).flatMap(([name, dn]) =>
    name.startsWith("unit:") && typeof dn === "string" && keyOrNull(dn)
      ? [{ id: name.slice("unit:".length, 205), dn: dn.slice(0, 2_000), name: firstName(dn) }]
      : [],
  );

export const saveUnits = formAction(
  schema,
  async ({ take, chosen, seen }, actor): Promise<Outcome<keyof typeof stepRefusals>> => {
    const units = { take, chosen: take === "specific" ? chosen : [] };
    const saved = await saveStep(actor, { step: "organizational-units", values: { units }, seen });
    if (!saved.ok) return saved;
    const to = `/a/${actor.accountSlug}/enrollment/directory-sync/organizational-units`;
    const message = "Saved. The next sync reads everything, and its removals wait for approval.";
    return { ok: true, to, flash: { tone: "success", message } };
  },
  stepRefusals,
);
