import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

/** Ends the person's sessions but the one to keep; answers how many that were. */
export async function endSessionsOf(tx: Transaction, userId: string, keep: string | null): Promise<number> {
  const ended = await tx.execute(sql`
    update sessions set ended_at = now()
    where user_id = ${userId} and ended_at is null and id is distinct from ${keep}::uuid`);
  return ended.count;
}

/** One-time links that are on their way or lie in a mailbox lead nowhere from now on. */
export async function killSignInLinks(tx: Transaction, userId: string): Promise<void> {
  for (const links of [sql`sign_in_tokens`, sql`address_proofs`])
    await tx.execute(sql`
      update ${links} set expires_at = now()
      where user_id = ${userId} and used_at is null and expires_at > now()`);
}

/** The open invitation's links, mailed and copied, lead nowhere from now on; answers whether there was one. */
export async function revokeInvitation(tx: Transaction, userId: string): Promise<boolean> {
  const revoked = await tx.execute(sql`
    update invitations set state = 'revoked', ended_at = now() where user_id = ${userId} and state = 'open'`);
  return revoked.count > 0;
}
