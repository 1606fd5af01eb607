import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { holdToChange, type NotHeld } from "./connection/hold-to-change.ts";
import { type Step, saveVersion } from "./connection/save-version.ts";
import { type DirectorySettings, directorySettings } from "./settings.ts";

/** What one page of the directory's settings holds. */
export type StepValues = Partial<Omit<DirectorySettings, "connection" | "connector">>;

export type SavedStep = { ok: true; version: number } | NotHeld | { ok: false; reason: "not_connected" };

/** Saves one step; all else stays as it is. `seen`: the version that the form was filled from. */
export async function saveStep(
  actor: UserActor,
  {
    step,
    values,
    seen,
  }: { step: Exclude<Step, "connection" | "restored" | "imported">; values: StepValues; seen: number },
): Promise<SavedStep> {
  authorize(actor, "directory.change");
  return withAccount(actor, async (tx) => {
    const hold = await holdToChange(tx, actor, { seen, step });
    if (!hold.ok) return hold;
    const { held } = hold;
    if (!held.settings.connection) return { ok: false, reason: "not_connected" };
    const settings = directorySettings.parse({ ...held.settings, ...values });
    return { ok: true, version: await saveVersion(tx, actor, held, settings, step) };
  });
}
