"use server";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import { settings } from "#app/_web/settings.ts";
import { changeAccountSettings } from "#lib/accounts/change-account-settings.ts";
import { clearWordFault } from "#lib/accounts/clear-word.ts";

const whole = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,6}$/, message)
    .transform(Number);

const days = "A number of days from 1 to 90.";
const seconds = "A number of seconds from 1 to 86,400.";
const percent = "A whole percentage that is not above the operator's, or nothing.";

export const saveAccount = formAction(
  z.object({
    name: z.string().trim().min(1, "Give the account a name.").max(100, "100 characters at most."),
    invitationDays: whole(days),
    clearWord: z.string(),
    removalPercent: z.union([z.literal("").transform(() => null), whole(percent)], percent),
    longRunSeconds: whole(seconds),
  }),
  async (wish, actor) => {
    const result = await changeAccountSettings(actor, wish, settings().ROLLCALL_REMOVAL_PERCENT);
    if (result.ok) {
      const message = result.changed === 0 ? "Nothing was changed." : "Saved.";
      return {
        ok: true,
        to: `/a/${actor.accountSlug}/settings/account`,
        flash: { tone: "success", message },
      };
    }
    const sentences = {
      name: "The name has a character that cannot be seen.",
      invitationDays: days,
      clearWord: clearWordFault(wish.clearWord) ?? "",
      removalPercent: percent,
      longRunSeconds: seconds,
    };
    return { ok: false, reason: "bad_field", errors: { [result.field]: sentences[result.field] } };
  },
  { bad_field: "Nothing was saved. See below what is wrong." },
);
