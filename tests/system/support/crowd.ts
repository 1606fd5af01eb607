import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

/** So many active people beside the owner, "p1@…" and so on. */
export async function crowd({ id, domain }: TestAccount, count: number): Promise<void> {
  await withAccount({ accountId: id }, (tx) =>
    tx.execute(sql`insert into users (account_id, email, first_name, last_name, status, source)
      select ${id}, 'p' || n || '@' || ${domain}::text, 'Person', n::text, 'active', 'invite'
      from generate_series(1, ${count}::int) n`),
  );
}

/** A file that deletes the first `count` of them, and adds one person. */
export function removing({ domain }: TestAccount, count: number): string {
  const gone = Array.from({ length: count }, (_, at) => `p${at + 1}@${domain},Delete`);
  return ["Email ID,User Status", `newcomer${count}@${domain},New`, ...gone].join("\n");
}
