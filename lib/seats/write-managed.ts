import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

/** Who did it, for the bill, and in which run. */
type Cause = { name: string; runId?: string | undefined };

/** The one file that writes who is managed. `people` is a relation of `user_id` and `user_version` (null: whichever). */
const isMeant = sql.raw("u.id = c.user_id and u.version = coalesce(c.user_version, u.version)");
const ids = (rows: Iterable<{ id: string }>) => Array.from(rows, ({ id }) => id);

/** Makes Active people managed; whoever calls it has asked lockSeats before. Returns who became managed. */
export async function takeSeats(tx: Transaction, people: SQL, cause: Cause): Promise<string[]> {
  return ids(
    await tx.execute<{ id: string }>(sql`
    with taken as (
      update users u set managed = true, version = u.version + 1, updated_at = now() from ${people} c
      where ${isMeant} and u.status = 'active' and not u.managed
      returning u.account_id, u.id, u.email, u.first_name, u.last_name)
    insert into managed_spans (account_id, user_id, email, name, managed_by, run_id)
    select account_id, id, email, coalesce(nullif(concat_ws(' ', first_name, last_name), ''), email, 'Nameless'),
      ${cause.name}, ${cause.runId ?? null}::uuid
    from taken returning user_id as id`),
  );
}

/** The other way round, of whatever status. Returns who ceased to be managed. */
export async function leaveSeats(tx: Transaction, people: SQL): Promise<string[]> {
  return ids(
    await tx.execute<{ id: string }>(sql`
    with left_now as (
      update users u set managed = false, version = u.version + 1, updated_at = now() from ${people} c
      where ${isMeant} and u.managed returning u.account_id, u.id),
    ended as (
      update managed_spans s set managed_to = now() from left_now l
      where s.account_id = l.account_id and s.user_id = l.id and s.managed_to is null)
    select id from left_now`),
  );
}

/** The seats of people who are deleted in this transaction; their version is the deletion's to raise. */
export async function freeSeats(tx: Transaction, people: SQL): Promise<void> {
  await tx.execute(sql`
    with freed as (
      update users u set managed = false from ${people} c where u.id = c.user_id and u.managed
      returning u.account_id, u.id)
    update managed_spans s set managed_to = now() from freed f
    where s.account_id = f.account_id and s.user_id = f.id and s.managed_to is null`);
}
