import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { mailLanguage } from "./mail-language.ts";
import type { MailKind } from "./templates/template-slots.ts";

type NewMail = {
  /** Unique in the account: what must be mailed once has one key, say `sign_in_link:<token id>`. */
  key: string;
  kind: MailKind;
  recipient: string;
  /** The invitation, sign-in token or user that the mail is about. */
  subjectId: string;
  generation?: number;
  /** Whom it goes to: it is written in their language, if nothing else is known in the account's. */
  userId?: string;
  /** In place of the person's own language, say that of the invitation. */
  language?: string;
  /** It takes its turn among the bulk mails, and waits when they must. */
  isBulk?: boolean;
};

/** A mail that a person waits for, ahead of all bulk mail, unless it `isBulk`. Sent if and only if `tx`, of this account, commits. */
export async function enqueueMail(tx: Transaction, accountId: string, mail: NewMail): Promise<void> {
  const {
    key,
    kind,
    recipient,
    subjectId,
    generation = 1,
    userId = null,
    language = null,
    isBulk = false,
  } = mail;
  const own = sql`coalesce(${language}::text, (select language from users where account_id = ${accountId} and id = ${userId}::uuid))`;
  await tx.execute(sql`
    insert into emails (account_id, key, kind, recipient, subject_id, generation, language, priority)
    values (${accountId}, ${key}, ${kind}, ${recipient}, ${subjectId}, ${generation}, ${mailLanguage(own)}, ${isBulk ? 1 : 0})
    on conflict (account_id, key) do nothing`);
  await enqueue(tx, "send-mail", {});
}
