import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { insertSignInToken } from "./mint-sign-in-link.ts";

const perQuarterHour = 5;

/**
 * Mails a one-time link to the address if an admin has it, at most 5 in 15 minutes. Answers nothing,
 * so that a stranger cannot learn who has an account.
 */
export async function requestSignInLink(email: string): Promise<void> {
  if (!/^[\x21-\x7e]{3,254}$/.test(email)) return;
  for (const candidate of await accountLess.signInCandidates(email)) {
    const scope = { accountId: candidate.account_id, userId: candidate.user_id };
    const [recent] = await withAccount(scope, (tx) =>
      tx.execute<{ links: string }>(sql`select count(*) as links from sign_in_tokens
        where user_id = ${scope.userId} and purpose = 'email_link' and created_at > now() - interval '15 minutes'`),
    );
    if (Number(recent?.links) >= perQuarterHour) continue;
    const tokenId = await insertSignInToken(scope, "email_link");
    await withAccount(scope, async (tx) => {
      await tx.execute(sql`
        insert into emails (account_id, key, kind, recipient, subject_id, priority)
        select account_id, ${`sign_in_link:${tokenId}`}, 'sign_in_link', email, ${tokenId}, 0 from users
        where id = ${scope.userId} on conflict (account_id, key) do nothing`);
      await enqueue(tx, "send-mail", {});
    });
  }
}
