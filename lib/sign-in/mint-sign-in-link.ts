import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";

const goodForHours = 24;

/** A single-use link's path. Earlier unused operator links of the same person end with it. */
export async function mintSignInLink(
  tokenKey: string,
  scope: { accountId: string; userId: string },
): Promise<string> {
  const id = await withAccount(scope, async (tx) => {
    await tx.execute(sql`update sign_in_tokens set expires_at = now()
      where user_id = ${scope.userId} and purpose = 'operator_link' and used_at is null and expires_at > now()`);
    await recordEvent(tx, systemActor(scope.accountId, "operator"), {
      action: "sign_in.link_made",
      subjectKind: "user",
      subjectId: scope.userId,
    });
    return insertToken(tx, scope);
  });
  return `/sign-in/${mintLinkToken(tokenKey, "sign-in", id)}`;
}

async function insertToken(tx: Transaction, scope: { accountId: string; userId: string }): Promise<string> {
  const [row] = await tx.execute<{ id: string }>(sql`
    insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
    values (${scope.accountId}, ${scope.userId}, 'operator_link', now() + make_interval(hours => ${goodForHours}))
    returning id`);
  return row?.id as string;
}
