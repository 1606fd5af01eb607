import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { DirectorySettings } from "../settings.ts";
import { isSameDoor } from "./fingerprint.ts";

/** A password goes nowhere else than it was given for: with other connection settings it is forgotten. */
export async function keepPasswordHome(
  tx: Transaction,
  held: { id: string; settings: DirectorySettings },
  { connection }: DirectorySettings,
): Promise<boolean> {
  if (isSameDoor(held.settings.connection, connection)) return true;
  await tx.execute(sql`
    update directories set sealed_password = null, tested_as = null, tested_at = null where id = ${held.id}`);
  return false;
}
