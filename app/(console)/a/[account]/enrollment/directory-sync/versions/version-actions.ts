"use server";
import { z } from "zod";
import type { Flash as Shown } from "#app/_web/flash.ts";
import { formAction } from "#app/_web/form-action.ts";
import type { FormState } from "#app/_web/form-state.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { importSettings } from "#lib/directory/import-settings.ts";
import { restoreVersion } from "#lib/directory/restore-version.ts";
import { stepRefusals } from "../step-refusals.ts";

type Flash = Omit<Shown, "path">;

const page = (slug: string) => `/a/${slug}/enrollment/directory-sync/versions`;

/** A connection that is not as it was tested stops every sync, the scheduled ones too. */
async function taken(actor: UserActor, version: number, passwordKept: boolean, first = ""): Promise<Flash> {
  const now = `${first}These are version ${version} now.`;
  if ((await findDirectory(actor)).ready)
    return { tone: "success", message: `${now} The next sync goes by them.` };
  const todo = passwordKept
    ? "press Save on its page"
    : "its password is needed again, for it is another one";
  return {
    tone: "info",
    message: `${now} No sync runs until the connection is tested: ${todo}.`,
    link: { text: "Connection", href: `/a/${actor.accountSlug}/enrollment/directory-sync/connection` },
  };
}

export const bringBack = formAction(
  z.object({ number: z.coerce.number().int(), seen: z.coerce.number().int() }),
  async (wish, actor) => {
    const restored = await restoreVersion(actor, wish);
    if (!restored.ok) return restored;
    const first = `The settings of version ${wish.number} hold again. `;
    const flash = await taken(actor, restored.version, restored.passwordKept, first);
    return { ok: true, to: page(actor.accountSlug), flash };
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
    const flash = await taken(actor, imported.version, imported.passwordKept);
    return { ok: true, to: page(actor.accountSlug), flash };
  },
  { ...stepRefusals, not_settings: "Bring the whole file that Export gave." },
);
