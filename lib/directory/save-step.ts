import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { givesRolesPast } from "./connection/role-groups.ts";
import { holdDirectory, type Step, saveVersion } from "./connection/save-version.ts";
import { type DirectorySettings, directorySettings } from "./settings.ts";

/** What one page of the directory's settings holds. */
export type StepValues = Partial<Omit<DirectorySettings, "connection" | "connector">>;

export type SavedStep =
  | { ok: true; version: number }
  | { ok: false; reason: "changed_meanwhile" | "not_connected" | "gives_roles" };

/** They change nobody's groups. */
const harmless = new Set<Step>(["schedule", "protected"]);

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
    const held = await holdDirectory(tx, actor.accountId);
    if (held.version !== seen) return { ok: false, reason: "changed_meanwhile" };
    if (!harmless.has(step) && (await givesRolesPast(tx, actor))) return { ok: false, reason: "gives_roles" };
    if (!held.settings.connection) return { ok: false, reason: "not_connected" };
    const settings = directorySettings.parse({ ...held.settings, ...values });
    return { ok: true, version: await saveVersion(tx, actor, held, settings, step) };
  });
}
