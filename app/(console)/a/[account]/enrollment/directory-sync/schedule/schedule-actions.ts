"use server";
import { z } from "zod";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import { saveStep } from "#lib/directory/save-step.ts";
import { isTimeZone } from "#lib/directory/settings.ts";
import { stepRefusals } from "../step-refusals.ts";

const whole = (least: number, most: number) => {
  const message = `Enter a whole number from ${least} to ${most}.`;
  return z.coerce.number(message).int(message).min(least, message).max(most, message);
};

const schema = z.object({
  enabled: z.string().optional(),
  weekly: z.string().optional(),
  frequency: z.enum(["daily", "weekly", "monthly", "other"], "Choose one."),
  weekday: whole(0, 6),
  monthDay: whole(1, 31),
  every: whole(1, 365),
  unit: z.enum(["days", "weeks"], "Choose one."),
  startsOn: z.iso.date("Enter a date, like 2027-01-31."),
  startsAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Enter a time, like 03:00."),
  timeZone: z.string().refine(isTimeZone, "Choose a time zone of the list."),
  alertDays: z.union(
    [z.literal("").transform(() => null), whole(1, 90)],
    "Enter a whole number from 1 to 90, or nothing.",
  ),
  seen: z.coerce.number().int(),
});

export const saveSchedule = formAction(
  schema,
  async (
    { enabled, weekly, alertDays, seen, ...rest },
    actor,
  ): Promise<Outcome<keyof typeof stepRefusals>> => {
    const values = {
      schedule: { ...rest, enabled: enabled !== undefined },
      weekly: weekly !== undefined,
      alertDays,
    };
    const saved = await saveStep(actor, { step: "schedule", values, seen });
    if (!saved.ok) return saved;
    const to = `/a/${actor.accountSlug}/enrollment/directory-sync/schedule`;
    return { ok: true, to, flash: { tone: "success", message: "Saved." } };
  },
  stepRefusals,
);
