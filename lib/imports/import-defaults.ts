import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";

/** What the import form shows before anything is chosen; `longRunSeconds`: shorter imports end without a mail. */
export type ImportDefaults = { clearWord: string; longRunSeconds: number };

type Row = { clear_word: string; long_run_seconds: number };

export async function importDefaults(actor: UserActor): Promise<ImportDefaults> {
  authorize(actor, "imports.create");
  const [account] = await withAccount(actor, (tx) =>
    tx.execute<Row>(sql`select clear_word, long_run_seconds from accounts where id = ${actor.accountId}`),
  );
  if (!account) throw new Error(`account ${actor.accountId} is missing`);
  return { clearWord: account.clear_word, longRunSeconds: account.long_run_seconds };
}
