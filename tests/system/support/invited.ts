import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import type { AppUnderTest } from "#tests/support/app-under-test.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { member } from "./member.ts";

export type Invited = { userId: string; id: string; email: string; mailed: string; copied: string };

/** Somebody who was invited, with the paths of the links that were mailed and copied. */
export async function invited(
  app: AppUnderTest,
  account: TestAccount,
  wish: { name?: string; email?: string } = {},
): Promise<Invited> {
  const userId = await member(account, { ...wish, status: "invited" });
  const key = app.environment.ROLLCALL_TOKEN_KEY ?? "";
  return withAccount({ accountId: account.id }, async (tx) => {
    await tx.execute(sql`update users set email_validation = 'pending' where id = ${userId}`);
    const [row] = await tx.execute<{ id: string; email: string }>(sql`
      insert into invitations (account_id, user_id, email, source, expires_at)
      select account_id, id, email, 'invite', now() + interval '14 days' from users where id = ${userId} returning id, email`);
    const { id, email } = row as { id: string; email: string };
    const path = (variant: string) => `/join/${mintLinkToken(key, "join", id, variant)}`;
    return { userId, id, email, mailed: path("mail:1"), copied: path("copy") };
  });
}

/** One row of the account, as it is now. */
export async function rowOf(
  account: TestAccount,
  query: ReturnType<typeof sql>,
): Promise<Record<string, unknown>> {
  const [row] = await withAccount({ accountId: account.id }, (tx) => tx.execute(query));
  return row ?? {};
}
