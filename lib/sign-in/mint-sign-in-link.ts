import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";

type Purpose = "email_link" | "operator_link";

const minutes: Record<Purpose, number> = { email_link: 15, operator_link: 24 * 60 };

/** A single-use link's path. Earlier unused operator links of the same person end with it. */
export async function mintSignInLink(
  tokenKey: string,
  scope: { accountId: string; userId: string },
): Promise<string> {
  const id = await insertSignInToken(scope, "operator_link");
  return `/sign-in/${mintLinkToken(tokenKey, "sign-in", id)}`;
}

export function insertSignInToken(
  scope: { accountId: string; userId: string },
  purpose: Purpose,
): Promise<string> {
  return withAccount(scope, async (tx) => {
    if (purpose === "operator_link") {
      await tx.execute(sql`update sign_in_tokens set expires_at = now()
        where user_id = ${scope.userId} and purpose = ${purpose} and used_at is null and expires_at > now()`);
    }
    const [row] = await tx.execute<{ id: string }>(sql`
      insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
      values (${scope.accountId}, ${scope.userId}, ${purpose}, now() + make_interval(mins => ${minutes[purpose]}))
      returning id`);
    return row?.id as string;
  });
}
