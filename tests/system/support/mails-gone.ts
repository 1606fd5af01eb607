import { sql } from "drizzle-orm";
import { waitUntil } from "#bin/local/wait-until.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

/** Until every mail of the account has left: what is being sent is not sent again. */
export async function mailsGone({ id }: TestAccount): Promise<void> {
  const left = () =>
    withAccount({ accountId: id }, (tx) =>
      tx.execute(sql`select from emails where state in ('queued', 'sending')`),
    );
  if (!(await waitUntil(async () => (await left()).length === 0, 30_000))) throw new Error("mails wait");
}
