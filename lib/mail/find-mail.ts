import { accountLess } from "#lib/db/account-less.ts";
import { isUuid } from "./mailbox/is-uuid.ts";
import { type MailboxMail, openMail } from "./mailbox/open-mail.ts";
import { readLetters } from "./pump/read-letters.ts";
import type { Stationery } from "./pump/render-letter.ts";

/** One mail of the local mailbox, rendered; null when there is none of this id. For local mode only. */
export async function findMail(id: string, stationery: Stationery): Promise<MailboxMail | null> {
  if (!isUuid(id)) return null;
  const [found] = await accountLess.localMailbox(next(id), 1);
  if (found?.email_id !== id) return null;
  const [letter] = await readLetters([{ accountId: found.account_id, id }]);
  return letter ? openMail(letter, stationery) : null;
}

/** The id right after this one, so that "the newest before it" is this one. */
function next(id: string): string {
  const number = (BigInt(`0x${id.replaceAll("-", "")}`) + 1n) & ((1n << 128n) - 1n);
  const digits = number.toString(16).padStart(32, "0");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
