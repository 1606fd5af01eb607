import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { MailKind } from "./templates/template-slots.ts";

type NewMail = {
  /** Unique in the account: what must be mailed once has one key, say `sign_in_link:<token id>`. */
  key: string;
  kind: MailKind;
  recipient: string;
  /** The invitation, sign-in token or user that the mail is about. */
  subjectId: string;
  generation?: number;
  language?: string;
};

/** A mail that a person waits for, ahead of all bulk mail. Sent if and only if `tx`, of this account, commits. */
export async function enqueueMail(tx: Transaction, accountId: string, mail: NewMail): Promise<void> {
  const { key, kind, recipient, subjectId, generation = 1, language = "en" } = mail;
  await tx.execute(sql`
    insert into emails (account_id, key, kind, recipient, subject_id, generation, language, priority)
    values (${accountId}, ${key}, ${kind}, ${recipient}, ${subjectId}, ${generation}, ${language}, 0)
    on conflict (account_id, key) do nothing`);
  await enqueue(tx, "send-mail", {});
}
