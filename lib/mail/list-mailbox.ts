import { accountLess } from "#lib/db/account-less.ts";
import { isUuid } from "./mailbox/is-uuid.ts";
import { openMail } from "./mailbox/open-mail.ts";
import { readLetters } from "./pump/read-letters.ts";
import type { Stationery } from "./pump/render-letter.ts";

export type MailboxEntry = { id: string; recipient: string; subject: string; at: Date };

/** The local mailbox, newest first; `next` is the `before` of the page that follows. For local mode only. */
export async function listMailbox(
  stationery: Stationery,
  { before = null, limit = 50 }: { before?: string | null; limit?: number } = {},
): Promise<{ mails: MailboxEntry[]; next: string | null }> {
  const found = await accountLess.localMailbox(before && isUuid(before) ? before : null, limit);
  const letters = await readLetters(found.map((row) => ({ accountId: row.account_id, id: row.email_id })));
  const mails = letters.reverse().map((letter) => {
    const { id, recipient, subject, at } = openMail(letter, stationery);
    return { id, recipient, subject, at };
  });
  return { mails, next: mails.length < limit ? null : (mails.at(-1)?.id ?? null) };
}
