"use server";
import { z } from "zod";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import { readInclusionRule } from "#lib/directory/read-inclusion-rule.ts";
import { saveStep } from "#lib/directory/save-step.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import { readRules, rulesSentence } from "../read-rules.ts";
import { stepRefusals } from "../step-refusals.ts";

const attribute = /^[a-z][a-z0-9.;-]{0,199}$/i;
const noAttribute = "This is no name of an attribute. It looks like telephoneNumber.";
const fields = ["email", ...profileFields] as const;

const schema = z
  .looseObject({
    mapping: z.enum(["default", "custom"], "Choose one."),
    inclusion: z.string().max(10_000, "That is too long."),
    inviteNew: z.string().optional(),
    disabledAttribute: z.string().trim(),
    disabledValue: z.string().trim().max(500, "That is too long."),
    seen: z.coerce.number().int(),
  })
  .superRefine((form, context) => {
    const fault = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const read = readInclusionRule(form.inclusion);
    if (!read.ok) fault("inclusion", read.sentence);
    if (readRules(form) === null) fault("rules", rulesSentence);
    if (form.disabledAttribute !== "" && !attribute.test(form.disabledAttribute))
      fault("disabledAttribute", noAttribute);
    if (form.disabledAttribute !== "" && form.disabledValue === "")
      fault("disabledValue", "Enter the value that means disabled.");
    for (const field of fields) {
      const name = nameOf(form, field);
      if (name !== "" && !attribute.test(name)) fault(`attribute:${field}`, noAttribute);
    }
  });

const nameOf = (form: Record<string, unknown>, field: string): string =>
  String(form[`attribute:${field}`] ?? "").trim();

export const saveUsers = formAction(
  schema,
  async (form, actor): Promise<Outcome<keyof typeof stepRefusals>> => {
    const named = fields.flatMap((field) => (nameOf(form, field) ? [[field, nameOf(form, field)]] : []));
    const users = {
      mapping: form.mapping,
      attributes: Object.fromEntries(named),
      inclusion: form.inclusion.trim(),
      exclusions: readRules(form) ?? [],
      inviteNew: form.inviteNew !== undefined,
      disabledBy: form.disabledAttribute
        ? { attribute: form.disabledAttribute, value: form.disabledValue }
        : null,
    };
    const saved = await saveStep(actor, { step: "users", values: { users }, seen: form.seen });
    if (!saved.ok) return saved;
    const to = `/a/${actor.accountSlug}/enrollment/directory-sync/users`;
    const message = "Saved. The next sync reads everything, and its removals wait for approval.";
    return { ok: true, to, flash: { tone: "success", message } };
  },
  stepRefusals,
);
