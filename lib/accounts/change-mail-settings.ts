import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { ownTextFields } from "#lib/mail/own-text-field.ts";
import { readProse } from "#lib/mail/read-prose.ts";
import { type MailSettingsFaults, mailSettingsFaults } from "./settings/mail-settings-faults.ts";
import { type MailSettings, mailSettingsRow } from "./settings/mail-settings-row.ts";

type Changed = { ok: true; changed: number } | { ok: false; reason: "bad_field"; faults: MailSettingsFaults };
type Field = keyof MailSettings;

/** All of them or, when one cannot be kept, none. */
export async function changeMailSettings(actor: UserActor, wish: MailSettings): Promise<Changed> {
  authorize(actor, "mail_settings.change");
  const faults = mailSettingsFaults(wish);
  if (Object.keys(faults).length > 0) return { ok: false, reason: "bad_field", faults };
  const after = {
    ...wish,
    ...Object.fromEntries(ownTextFields.map((field) => [field, stored(wish[field])])),
  };
  return withAccount(actor, async (tx) => {
    const before = await mailSettingsRow(tx, actor.accountId, sql`for no key update`);
    const fields = (Object.keys(before) as Field[]).filter((name) => before[name] !== after[name]);
    if (fields.length === 0) return { ok: true, changed: 0 };
    await write(tx, actor.accountId, after);
    await recordEvent(tx, actor, {
      action: "mail_settings.changed",
      subjectKind: "account",
      subjectId: actor.accountId,
      details: {
        changes: fields.map((field) => ({ field, before: told(before[field]), after: told(after[field]) })),
      },
    });
    // What the old hours hold back is judged by the new ones.
    if (fields.some((field) => hours.has(field)))
      await enqueue(tx, "release-mails", { accountId: actor.accountId });
    return { ok: true, changed: fields.length };
  });
}

const hours: ReadonlySet<Field> = new Set<Field>(["quietFrom", "quietTo", "timeZone"]);

async function write(tx: Transaction, accountId: string, after: MailSettings): Promise<void> {
  await tx.execute(sql`
    update accounts set sender_name = ${after.senderName}, reply_to = ${after.replyTo},
      logo_color = ${after.logoColor}, default_language = ${after.defaultLanguage},
      reminder_days = ${after.reminderDays}, quiet_from = ${after.quietFrom}, quiet_to = ${after.quietTo},
      time_zone = ${after.timeZone}, start_here_url = ${after.startHereUrl}
    where id = ${accountId}`);
  await tx.execute(sql`delete from account_texts where account_id = ${accountId}`);
  const kept = ownTextFields.filter((field) => after[field] !== null);
  const [kinds, languages] = [1, 2].map((at) => kept.map((field) => field.split(".")[at] as string));
  await tx.execute(sql`
    insert into account_texts (account_id, kind, language, text)
    select ${accountId}::uuid, * from unnest(${sql.param(kinds)}::text[], ${sql.param(languages)}::text[],
      ${sql.param(kept.map((field) => after[field]))}::text[])`);
}

function stored(text: string | null): string | null {
  const reading = readProse(text ?? "");
  return reading.ok ? reading.text : null;
}

const told = (value: string | number | null): string | null => (value === null ? null : String(value));
