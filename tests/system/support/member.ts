import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { mintSignInLink } from "#lib/sign-in/mint-sign-in-link.ts";
import type { AppUnderTest } from "#tests/support/app-under-test.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

type Wish = { name?: string; status?: string; email?: string | null; role?: string };

/** Somebody of the account, with a role or without; answers their id. */
export function member(account: TestAccount, wish: Wish = {}): Promise<string> {
  const { name = "Bo Berg", status = "active", role } = wish;
  const [first, last] = name.split(" ");
  const email =
    wish.email === undefined ? `${name.toLowerCase().replace(" ", ".")}@${account.domain}` : wish.email;
  return withAccount({ accountId: account.id }, async (tx) => {
    const [row] = await tx.execute<{ id: string }>(sql`
      insert into users (account_id, email, first_name, last_name, title, status, email_validation, source)
      values (${account.id}, ${email}, ${first}, ${last}, 'Clerk', ${status}, ${email === null ? null : "validated"}, 'invite')
      returning id`);
    if (role)
      await tx.execute(sql`insert into role_grants (account_id, role_id, user_id)
        select account_id, id, ${row?.id} from roles where name = ${role}`);
    return row?.id as string;
  });
}

/** Signs them in on this page through a real link. */
export async function signInAs(page: Page, app: AppUnderTest, account: TestAccount, userId: string) {
  const key = app.environment.ROLLCALL_TOKEN_KEY ?? "";
  await page.goto(await mintSignInLink(key, { accountId: account.id, userId }));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`**/a/${account.slug}**`);
}
