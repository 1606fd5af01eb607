import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { MailLanguage } from "#lib/mail/mail-language.ts";
import { type OwnTextField, ownTextField, ownTextFields } from "#lib/mail/own-text-field.ts";

export type MailSettings = {
  /** How mails call their sender; null: by the account's name. */
  senderName: string | null;
  /** Where answers go; null: to the sender. */
  replyTo: string | null;
  /** #rrggbb; null: ours. */
  logoColor: string | null;
  defaultLanguage: MailLanguage;
  /** Days after which an open invitation is mailed once more; null: never. */
  reminderDays: number | null;
  /** Minutes of the day between which no bulk mail goes out; null: at any time. */
  quietFrom: number | null;
  quietTo: number | null;
  /** IANA. */
  timeZone: string;
  /** Where people begin once they have joined. */
  startHereUrl: string | null;
  /** What the account says in place of our words; null: our words. */
} & Record<OwnTextField, string | null>;

/** `locked`: "for update", or nothing. */
export async function mailSettingsRow(
  tx: Transaction,
  accountId: string,
  locked: SQL,
): Promise<MailSettings> {
  const [row] = await tx.execute<MailSettings>(sql`
    select sender_name as "senderName", reply_to as "replyTo", logo_color as "logoColor",
      default_language as "defaultLanguage", reminder_days as "reminderDays", quiet_from as "quietFrom",
      quiet_to as "quietTo", time_zone as "timeZone", start_here_url as "startHereUrl"
    from accounts where id = ${accountId} ${locked}`);
  if (!row) throw new Error(`account ${accountId} is missing`);
  const texts = await tx.execute<{ kind: string; language: string; text: string }>(
    sql`select kind, language, text from account_texts where account_id = ${accountId}`,
  );
  const own = new Map<string, string>(
    [...texts].map(({ kind, language, text }) => [ownTextField(kind, language), text]),
  );
  const named = ownTextFields.map((field) => [field, own.get(field) ?? null]);
  return { ...row, ...(Object.fromEntries(named) as Record<OwnTextField, string | null>) };
}
