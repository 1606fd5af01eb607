"use server";
import { z } from "zod";
import { formAction } from "#app/_web/form-action.ts";
import type { FormState } from "#app/_web/form-state.ts";
import { importSettings } from "#lib/directory/import-settings.ts";
import { restoreVersion } from "#lib/directory/restore-version.ts";
import { stepRefusals } from "../step-refusals.ts";

const page = (slug: string) => `/a/${slug}/enrollment/directory-sync/versions`;
const taken = (version: number, passwordKept: boolean) =>
  `These are version ${version} now.${passwordKept ? "" : " The connection is another one: type its password on the page Connection."}`;

export const bringBack = formAction(
  z.object({ number: z.coerce.number().int(), seen: z.coerce.number().int() }),
  async (wish, actor) => {
    const restored = await restoreVersion(actor, wish);
    if (!restored.ok) return restored;
    const message = taken(restored.version, restored.passwordKept);
    return { ok: true, to: page(actor.accountSlug), flash: { tone: "success", message } };
  },
  { ...stepRefusals, no_such_version: "There is no such version." },
);

/** The file, or what was pasted where there is none. */
export async function bringSettings(state: FormState, form: FormData): Promise<FormState> {
  const file = form.get("file");
  if (file instanceof File && file.size > 0) form.set("text", await file.text());
  return bringText(state, form);
}

const bringText = formAction(
  z.object({
    text: z
      .string()
      .min(1, "Choose the exported file, or paste what is in it.")
      .max(1_000_000, "That is too long."),
    seen: z.coerce.number().int(),
  }),
  async (wish, actor) => {
    const imported = await importSettings(actor, wish);
    if (!imported.ok)
      return imported.reason === "not_settings"
        ? { ok: false, reason: imported.reason, errors: { text: "These are no settings of a directory." } }
        : imported;
    const message = taken(imported.version, imported.passwordKept);
    return { ok: true, to: page(actor.accountSlug), flash: { tone: "success", message } };
  },
  { ...stepRefusals, not_settings: "Bring the whole file that Export gave." },
);
