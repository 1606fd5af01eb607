import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { holdToChange, type NotHeld } from "./connection/hold-to-change.ts";
import { keepPasswordHome } from "./connection/keep-password-home.ts";
import { saveVersion } from "./connection/save-version.ts";
import { isDn } from "./dn-key.ts";
import { type DirectorySettings, directorySettings } from "./settings.ts";

type Imported =
  | { ok: true; version: number; passwordKept: boolean }
  | NotHeld
  | { ok: false; reason: "not_settings" };

/** Makes settings that were exported before, here or elsewhere, those that hold; they have no password. */
export async function importSettings(
  actor: UserActor,
  { text, seen }: { text: string; seen: number },
): Promise<Imported> {
  authorize(actor, "directory.change");
  const settings = readSettings(text);
  if (!settings) return { ok: false, reason: "not_settings" };
  return withAccount(actor, async (tx) => {
    const hold = await holdToChange(tx, actor, { seen, step: "imported" });
    if (!hold.ok) return hold;
    const { held } = hold;
    const passwordKept = await keepPasswordHome(tx, held, settings);
    return { ok: true, passwordKept, version: await saveVersion(tx, actor, held, settings, "imported") };
  });
}

/** Forms check them where they are typed. */
const namesOf = ({ connection, units, lists }: DirectorySettings): string[] => [
  ...(connection ? [connection.baseDn] : []),
  ...[...units.chosen, ...lists.chosen].map(({ dn }) => dn),
];

function readSettings(text: string): DirectorySettings | null {
  try {
    const settings = directorySettings.safeParse(JSON.parse(text)).data;
    return settings && namesOf(settings).every(isDn) ? settings : null;
  } catch {
    return null;
  }
}
