import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { isUuid } from "./mailbox/is-uuid.ts";
import { openMail } from "./mailbox/open-mail.ts";
import type { Letter } from "./pump/letter.ts";
import { lettersOf } from "./pump/read-letters.ts";
import type { Stationery } from "./pump/render-letter.ts";

export type MailboxEntry = { id: string; recipient: string; subject: string; at: Date };

/** The local mailbox, newest first; `next` is the `before` of the page that follows. For local mode only. */
export async function listMailbox(
  stationery: Stationery,
  { before = null, limit = 50 }: { before?: string | null; limit?: number } = {},
): Promise<{ mails: MailboxEntry[]; next: string | null }> {
  const found = await accountLess.localMailbox(before && isUuid(before) ? before : null, limit);
  const byAccount = Map.groupBy(found, (row) => row.account_id);
  const letters = await Promise.all([...byAccount].map(([accountId, rows]) => read(accountId, rows)));
  const newestFirst = letters.flat().sort((a, b) => (a.id < b.id ? 1 : -1));
  const mails = newestFirst.map((letter) => {
    const { id, recipient, subject, at } = openMail(letter, stationery);
    return { id, recipient, subject, at };
  });
  return { mails, next: mails.length < limit ? null : (mails.at(-1)?.id ?? null) };
}

function read(accountId: string, rows: { email_id: string }[]): Promise<Letter[]> {
  const ids = rows.map((row) => row.email_id);
  return withAccount(systemActor(accountId, "local mailbox"), (tx) => lettersOf(tx, ids));
}
