import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueueMail } from "#lib/mail/enqueue-mail.ts";
import type { NamedInvitation } from "../link/read-invitation.ts";

const goodForDays = 3;

/** Mails a link to the address that the person is said to have: whoever follows it reads the mail there. */
export async function askProof(
  tx: Transaction,
  { accountId, userId, email, language }: NamedInvitation,
): Promise<void> {
  const [proof] = await tx.execute<{ id: string }>(sql`
    insert into address_proofs (account_id, user_id, email, expires_at)
    values (${accountId}, ${userId}, ${email}, now() + make_interval(days => ${goodForDays})) returning id`);
  const subjectId = proof?.id as string;
  const key = `address_proof:${subjectId}`;
  await enqueueMail(tx, accountId, { key, kind: "address_proof", recipient: email, subjectId, language });
}
