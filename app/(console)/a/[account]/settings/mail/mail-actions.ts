"use server";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import { changeMailSettings } from "#lib/accounts/change-mail-settings.ts";
import type { MailLanguage } from "#lib/mail/mail-language.ts";
import { type OwnTextField, ownTextFields } from "#lib/mail/own-text-field.ts";
import { chosenColor } from "./chosen-color.ts";

const optional = z
  .string()
  .trim()
  .transform((text) => text || null);
/** What is no number comes out as one that no field takes. */
const wholeNumber = optional.transform((text) =>
  text === null ? null : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN,
);
/** "22:30" as minutes of the day. */
const minutes = optional.transform((text) => {
  if (text === null) return null;
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)(?::00)?$/.exec(text) ?? [];
  return hour && minute ? Number(hour) * 60 + Number(minute) : Number.NaN;
});
const texts = Object.fromEntries(ownTextFields.map((field) => [field, z.string().default("")])) as Record<
  OwnTextField,
  z.ZodDefault<z.ZodString>
>;

export const saveMailSettings = formAction(
  z.object({
    senderName: optional,
    replyTo: optional,
    logoColor: z.string().trim().toLowerCase(),
    pickedColor: z.string(),
    shownColor: z.string(),
    defaultLanguage: z.string().transform((code) => code as MailLanguage),
    reminderDays: wholeNumber,
    quietFrom: minutes,
    quietTo: minutes,
    timeZone: z.string(),
    startHereUrl: optional,
    ...texts,
  }),
  async ({ logoColor: typed, pickedColor: picked, shownColor: shown, ...wish }, actor) => {
    const logoColor = chosenColor({ typed, picked, shown });
    const result = await changeMailSettings(actor, { ...wish, logoColor });
    if (!result.ok) return { ...result, errors: result.faults };
    const message = result.changed === 0 ? "Nothing was changed." : "Saved.";
    return { ok: true, to: `/a/${actor.accountSlug}/settings/mail`, flash: { tone: "success", message } };
  },
  { bad_field: "Nothing was saved. See below what is wrong." },
);
