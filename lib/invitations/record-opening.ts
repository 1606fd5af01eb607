import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import { askAccount } from "./link/ask-account.ts";
import { readInvitation } from "./link/read-invitation.ts";

/** Notes when somebody first had the page of an open invitation before them. */
export function recordOpening(tokenKey: string, token: string): Promise<void> {
  return askAccount(token, accountLess.invitationAccount, async (tx, id) => {
    const found = await readInvitation(tx, tokenKey, token, id);
    if (!found?.isOpen) return;
    await tx.execute(
      sql`update invitations set opened_at = now() where id = ${id} and opened_at is null and state = 'open'`,
    );
  });
}
