import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { type MailSettings, mailSettingsRow } from "./settings/mail-settings-row.ts";

/** `dailyMailCap`: mails a day, set by the operator for this account; null: as the deployment says. */
export type FoundMailSettings = MailSettings & { dailyMailCap: number | null };

export async function findMailSettings(actor: UserActor): Promise<FoundMailSettings> {
  authorize(actor, "mail_settings.view");
  return withAccount(actor, async (tx) => {
    const [row] = await tx.execute<{ cap: number | null }>(
      sql`select daily_mail_cap as cap from accounts where id = ${actor.accountId}`,
    );
    return {
      ...(await mailSettingsRow(tx, actor.accountId, sql``)),
      dailyMailCap: row?.cap ?? null,
    };
  });
}
