"use server";
import { z } from "zod";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import { keyOrNull } from "#lib/directory/dn-key.ts";
import { saveStep } from "#lib/directory/save-step.ts";
import { stepRefusals } from "../step-refusals.ts";

const schema = z
  .looseObject({ take: z.string().optional(), seen: z.coerce.number().int() })
  .transform(({ take, seen, ...rest }) => ({ take: take !== undefined, seen, chosen: chosenOf(rest) }));

const named = z.tuple([z.string(), z.string()]);

/** Ticked boxes are named by the list's id, and hold its name and its place in the directory. */
const chosenOf = (rest: Record<string, unknown>) =>
  Object.entries(rest).flatMap(([field, value]) => {
    const [name, dn] = field.startsWith("list:") ? read(value) : [];
    return name && dn && keyOrNull(dn)
      ? [{ id: field.slice("list:".length, 205), name: name.slice(0, 500), dn: dn.slice(0, 2_000) }]
      : [];
  });

function read(value: unknown): [string, string] | [] {
  try {
    return named.safeParse(JSON.parse(String(value))).data ?? [];
  } catch {
    return [];
  }
}

export const saveLists = formAction(
  schema,
  async ({ take, chosen, seen }, actor): Promise<Outcome<keyof typeof stepRefusals>> => {
    const lists = { take, chosen: chosen.slice(0, 2_000) };
    const saved = await saveStep(actor, { step: "distribution-lists", values: { lists }, seen });
    if (!saved.ok) return saved;
    const to = `/a/${actor.accountSlug}/enrollment/directory-sync/distribution-lists`;
    return {
      ok: true,
      to,
      flash: { tone: "success", message: "Saved. The next sync brings their members." },
    };
  },
  stepRefusals,
);
