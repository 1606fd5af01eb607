import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { type DirectorySettings, directorySettings } from "./settings.ts";

/** One set of settings by its number, without a secret; null where there is none. */
export async function findVersion(actor: Actor, number: number): Promise<DirectorySettings | null> {
  authorize(actor, "directory.view");
  const [[row]] = await readAccount<[{ settings: unknown }]>(
    actor,
    sql`select settings from directory_versions where account_id = ${actor.accountId} and number = ${number}::int`,
  );
  return row ? directorySettings.parse(row.settings) : null;
}
