import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { connectionFingerprint } from "./connection/fingerprint.ts";
import { holdDirectory, saveVersion } from "./connection/save-version.ts";
import { type ConnectionSettings, type DirectorySettings, directorySettings } from "./settings.ts";

type Taken =
  | { ok: true; version: number }
  | { ok: false; reason: "no_such_version" | "changed_meanwhile" | "not_settings" };

/** Makes the settings of an earlier version those that hold, as a new version. */
export async function restoreVersion(
  actor: UserActor,
  { number, seen }: { number: number; seen: number },
): Promise<Taken> {
  authorize(actor, "directory.change");
  return withAccount(actor, async (tx) => {
    const held = await holdDirectory(tx, actor.accountId);
    if (held.version !== seen) return { ok: false, reason: "changed_meanwhile" };
    const [row] = await tx.execute<{ settings: unknown }>(sql`
      select settings from directory_versions where directory_id = ${held.id} and number = ${number}`);
    if (!row) return { ok: false, reason: "no_such_version" };
    const settings = directorySettings.parse(row.settings);
    await keepPasswordHome(tx, held, settings);
    return { ok: true, version: await saveVersion(tx, actor, held, settings, "restored") };
  });
}

/** The same with settings that were exported before, here or elsewhere; they hold no password. */
export async function importSettings(
  actor: UserActor,
  { text, seen }: { text: string; seen: number },
): Promise<Taken> {
  authorize(actor, "directory.change");
  const settings = readSettings(text);
  if (!settings) return { ok: false, reason: "not_settings" };
  return withAccount(actor, async (tx) => {
    const held = await holdDirectory(tx, actor.accountId);
    if (held.version !== seen) return { ok: false, reason: "changed_meanwhile" };
    await keepPasswordHome(tx, held, settings);
    return { ok: true, version: await saveVersion(tx, actor, held, settings, "imported") };
  });
}

function readSettings(text: string): DirectorySettings | null {
  try {
    return directorySettings.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** A password goes nowhere else than it was given for: with other connection settings it is forgotten. */
async function keepPasswordHome(
  tx: Transaction,
  held: { id: string; settings: DirectorySettings },
  { connection }: DirectorySettings,
): Promise<void> {
  const of = (settings: ConnectionSettings | null) =>
    settings && connectionFingerprint({ ...settings, baseDn: "" });
  if (of(held.settings.connection) === of(connection)) return;
  await tx.execute(sql`
    update directories set sealed_password = null, tested_as = null, tested_at = null where id = ${held.id}`);
}
