import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";

/** People of the account by status; `pending_email_input` are those without an address. */
export async function countPeopleByStatus(actor: Actor): Promise<Record<string, number>> {
  authorize(actor, "users.view");
  const rows = await withAccount(actor, (tx) =>
    tx.execute<{ status: string; people: string }>(sql`
      select case when email is null then 'pending_email_input' else status end as status, count(*) as people
      from users group by 1`),
  );
  return Object.fromEntries([...rows].map((row) => [row.status, Number(row.people)]));
}
