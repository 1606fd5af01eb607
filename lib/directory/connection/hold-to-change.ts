import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { closedGroups } from "#lib/roles/closed-groups.ts";
import { type Held, holdDirectory, type Step } from "./save-version.ts";

export type NotHeld = { ok: false; reason: "changed_meanwhile" | "gives_roles" };

/** They change nobody's groups. */
const harmless = new Set<Step>(["schedule", "protected"]);

/** Holds the settings for somebody who has seen this version of them and may change them, until the transaction ends. */
export async function holdToChange(
  tx: Transaction,
  actor: UserActor,
  { seen, step }: { seen: number; step: Step },
): Promise<{ ok: true; held: Held } | NotHeld> {
  const held = await holdDirectory(tx, actor.accountId);
  if (held.version !== seen) return { ok: false, reason: "changed_meanwhile" };
  if (!harmless.has(step) && (await givesRolesPast(tx, actor))) return { ok: false, reason: "gives_roles" };
  return { ok: true, held };
}

/**
 * Whether a unit or list gives a role that this person may not give: whoever says which directory fills it, and with whom,
 * would give it all the same.
 */
async function givesRolesPast(tx: Transaction, { accountId, userId }: UserActor): Promise<boolean> {
  const [closed] = await tx.execute(sql`
    select 1 from groups g where g.account_id = ${accountId} and g.source = 'synced'
      and lower(g.name) in ${closedGroups(accountId, userId)} limit 1`);
  return closed !== undefined;
}
