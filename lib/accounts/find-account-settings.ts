import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { type AccountSettings, settingsRow } from "./settings/settings-row.ts";

export async function findAccountSettings(actor: UserActor): Promise<AccountSettings> {
  authorize(actor, "account.change");
  return withAccount(actor, (tx) => settingsRow(tx, actor.accountId, sql``));
}
