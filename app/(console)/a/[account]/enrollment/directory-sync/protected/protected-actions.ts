"use server";
import { z } from "zod";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import { isId } from "#app/_web/query.ts";
import { saveProtected } from "#lib/directory/save-protected.ts";
import { readAddressList } from "#lib/users/address-list.ts";
import { readRules, rulesSentence } from "../read-rules.ts";
import { stepRefusals } from "../step-refusals.ts";

const most = 10_000;

const schema = z
  .looseObject({
    addresses: z.string().max(1_000_000, "That is too long."),
    seen: z.coerce.number().int(),
  })
  .superRefine((form, context) => {
    if (readRules(form) === null)
      context.addIssue({ code: "custom", path: ["rules"], message: rulesSentence });
  });

/** Ids of ticked boxes, which are named by them. */
const ticked = (form: Record<string, unknown>, name: string): string[] =>
  Object.keys(form).flatMap((key) =>
    key.startsWith(`${name}:`) && isId(key.slice(name.length + 1)) ? [key.slice(name.length + 1)] : [],
  );

export const keepProtected = formAction(
  schema,
  async (form, actor): Promise<Outcome<keyof typeof stepRefusals | "unknown_addresses">> => {
    const addresses = readAddressList(form.addresses).map(({ address }) => address);
    const saved = await saveProtected(actor, {
      addresses: addresses.slice(0, most),
      kept: ticked(form, "user"),
      groups: ticked(form, "group"),
      rules: readRules(form) ?? [],
      seen: form.seen,
    });
    if (!saved.ok && saved.reason === "unknown_addresses")
      return {
        ok: false,
        reason: saved.reason,
        errors: {
          addresses: `Nobody here has ${saved.unknown.slice(0, 5).join(", ")}${saved.unknown.length > 5 ? ", …" : ""}.`,
        },
      };
    if (!saved.ok) return saved;
    const to = `/a/${actor.accountSlug}/enrollment/directory-sync/protected`;
    return { ok: true, to, flash: { tone: "success", message: "Saved." } };
  },
  { ...stepRefusals, unknown_addresses: "Nothing was saved." },
);
