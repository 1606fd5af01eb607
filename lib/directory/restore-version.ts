import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { holdToChange, type NotHeld } from "./connection/hold-to-change.ts";
import { keepPasswordHome } from "./connection/keep-password-home.ts";
import { saveVersion } from "./connection/save-version.ts";
import { directorySettings } from "./settings.ts";

type Restored =
  | { ok: true; version: number; passwordKept: boolean }
  | NotHeld
  | { ok: false; reason: "no_such_version" };

/** Makes the settings of an earlier version those that hold, as a new version. */
export async function restoreVersion(
  actor: UserActor,
  { number, seen }: { number: number; seen: number },
): Promise<Restored> {
  authorize(actor, "directory.change");
  return withAccount(actor, async (tx) => {
    const hold = await holdToChange(tx, actor, { seen, step: "restored" });
    if (!hold.ok) return hold;
    const { held } = hold;
    const [row] = await tx.execute<{ settings: unknown }>(sql`
      select settings from directory_versions where directory_id = ${held.id} and number = ${number}`);
    if (!row) return { ok: false, reason: "no_such_version" };
    const settings = directorySettings.parse(row.settings);
    const passwordKept = await keepPasswordHome(tx, held, settings);
    return { ok: true, passwordKept, version: await saveVersion(tx, actor, held, settings, "restored") };
  });
}
