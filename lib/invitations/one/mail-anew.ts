import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueueMail } from "#lib/mail/enqueue-mail.ts";
import { withdrawQueued } from "#lib/mail/withdraw-queued.ts";
import { type InvitationRow, mailKeysOf } from "./lock-invitation.ts";

/**
 * The next generation, with all its days and its one reminder before it, goes out; what waits of the earlier ones is taken
 * back.
 */
export async function mailAnew(
  tx: Transaction,
  accountId: string,
  row: InvitationRow,
  { isBulk = false } = {},
): Promise<{ expiresAt: string }> {
  await withdrawQueued(tx, mailKeysOf(row), "a newer invitation was sent");
  const [renewed] = await tx.execute<{ generation: number; language: string; expires_at: string }>(sql`
    update invitations set state = 'open', ended_at = null, generation = generation + 1, resent_at = now(),
      reminded_at = null, expires_at = now() + make_interval(days => (select invitation_days from accounts))
    where id = ${row.id} returning generation, language, expires_at`);
  const { generation, language, expires_at } = renewed as NonNullable<typeof renewed>;
  const key = `invitation:${row.id}:${generation}`;
  await enqueueMail(tx, accountId, {
    key,
    kind: "invitation",
    recipient: row.email,
    subjectId: row.id,
    generation,
    language,
    isBulk,
  });
  return { expiresAt: expires_at };
}
