import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { type SavedStep, saveStep } from "./save-step.ts";
import type { Rule } from "./settings.ts";

type Wish = { addresses: string[]; kept: string[]; groups: string[]; rules: Rule[]; seen: number };

/**
 * Whom syncs do not touch: people by address, besides `kept` by id, groups, and rules. Addresses that nobody has are
 * answered, and then nothing is saved.
 */
export async function saveProtected(
  actor: UserActor,
  { addresses, kept, groups, rules, seen }: Wish,
): Promise<SavedStep | { ok: false; reason: "unknown_addresses"; unknown: string[] }> {
  authorize(actor, "directory.change");
  const wanted = addresses.map((address) => address.toLowerCase());
  const found = await withAccount(actor, (tx) =>
    tx.execute<{ id: string; email_norm: string }>(sql`
      select id, email_norm from users where email_norm = any (${sql.param(wanted)}::text[]) and status <> 'deleted'`),
  );
  const known = new Set([...found].map((row) => row.email_norm));
  const unknown = addresses.filter((address) => !known.has(address.toLowerCase()));
  if (unknown.length > 0) return { ok: false, reason: "unknown_addresses", unknown };
  const users = [...new Set([...[...found].map(({ id }) => id), ...kept])];
  return saveStep(actor, { step: "protected", values: { protected: { users, groups, rules } }, seen });
}
