import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { Changes } from "./changes-of.ts";

/** Of the people of a select (`user_id`): sessions and one-time links end. */
export async function endAccess(tx: Transaction, people: SQL): Promise<void> {
  await tx.execute(sql`
    update sessions s set ended_at = now() from ${people} c where s.user_id = c.user_id and s.ended_at is null`);
  for (const links of [sql`sign_in_tokens`, sql`address_proofs`])
    await tx.execute(sql`
      update ${links} t set expires_at = now() from ${people} c
      where t.user_id = c.user_id and t.used_at is null and t.expires_at > now()`);
}

/** Of a change of this alias: whether the person has another address from now on, or none. */
export const changesAddress = (change: string): SQL =>
  sql.raw(`(${change}.new_email is not null or 'email' = any (${change}.cleared))`);

/** As where an admin changes an address: what went to the old one, or was bound by it, leads nowhere any more. */
export async function leaveOldAddresses(tx: Transaction, { from }: Changes): Promise<void> {
  const people = sql`(select c.user_id from ${from} and ${changesAddress("c")})`;
  await endAccess(tx, people);
  await tx.execute(sql`
    update invitations i set state = 'revoked', ended_at = now() from ${people} c
    where i.user_id = c.user_id and i.state = 'open'`);
  await tx.execute(sql`delete from identities i using ${people} c where i.user_id = c.user_id`);
}
