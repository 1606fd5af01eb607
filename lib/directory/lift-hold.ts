import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";

/** For a drill in local mode: one accident a day would be no drill. */
export async function liftHold(actor: Actor): Promise<void> {
  authorize(actor, "directory.drill");
  await withAccount(actor, (tx) =>
    tx.execute(sql`update directories set held_since = null where account_id = ${actor.accountId}`),
  );
}
