import { sql } from "drizzle-orm";
import { readAccount } from "#lib/db/read-account.ts";
import { ownTextField } from "../own-text-field.ts";
import type { Letter } from "./letter.ts";

type Was = { at: Date; field: string; before: string | null };

/**
 * A mail that was perhaps sent looks as it did then, whatever the account has changed in its settings since: the provider
 * takes a repeated batch for the same only if every byte of it is. What was is read from the audit.
 */
export async function recallLook(accountId: string, letters: Letter[]): Promise<void> {
  const repeated = letters.filter((letter) => letter.attempts > 1 && letter.first_attempt_at !== null);
  if (repeated.length === 0) return;
  const since = new Date(
    Math.min(...repeated.map((letter) => Number(new Date(letter.first_attempt_at ?? 0)))),
  );
  const [changes] = await readAccount<[Was]>(
    { accountId },
    sql`
    select e.at, c ->> 'field' as field, c ->> 'before' as before
    from audit_events e cross join lateral jsonb_array_elements(e.details -> 'changes') c
    where e.account_id = ${accountId} and e.action in ('mail_settings.changed', 'account.changed') and e.at > ${since.toISOString()}::timestamptz
    order by e.at desc, e.id desc`,
  );
  for (const letter of repeated) for (const was of changes) recall(letter, was);
}

/** Called with the latest change first, so that the earliest after the first attempt has the last word. */
function recall(letter: Letter, { at, field, before }: Was): void {
  if (new Date(at) <= new Date(letter.first_attempt_at ?? 0)) return;
  if (field === "name" && before !== null) letter.account_name = before;
  else if (field === "senderName") letter.sender_name = before;
  else if (field === "replyTo") letter.reply_to = before;
  else if (field === "logoColor") letter.logo_color = before;
  else if (field === "timeZone" && before !== null) letter.time_zone = before;
  else if (field === ownTextField(letter.kind, letter.language)) letter.own_text = before;
}
