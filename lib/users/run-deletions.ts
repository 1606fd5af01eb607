import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { freeSeats } from "#lib/seats/write-managed.ts";
import { restorableFor } from "./restorable-until.ts";

const atOnce = 10_000;

/** A sweep has other things to see to; the rest comes with the next. */
const mostMs = 10_000;

type Batch = { people: number; sha256: string | null; ids: string[] | null };

/** Suspended people are deleted when their 30 days to be restored are over; an audit event a batch. Can be repeated. */
export async function runDeletions(): Promise<void> {
  const until = Date.now() + mostMs;
  for (const { account_id: accountId } of await accountLess.dueDeletions()) {
    while (Date.now() < until && (await deleteBatch(accountId)) === atOnce);
  }
}

function deleteBatch(accountId: string): Promise<number> {
  const actor = systemActor(accountId, "30 days after suspension");
  return withAccount(actor, async (tx) => {
    const [batch] = await tx.execute<Batch>(sql`
      with due as (
        select id from users
        where status = 'suspended' and suspended_at < date_trunc('day', now(), 'UTC') - ${sql.raw(restorableFor)}
        order by suspended_at limit ${atOnce} for update skip locked),
      deleted as (
        update users u set status = 'deleted', version = u.version + 1, updated_at = now()
        from due where u.account_id = ${accountId} and u.id = due.id returning u.id),
      -- Whoever is added again under the address later does not come into the roles, the groups that give some, or the sign-in.
      ungranted as (
        delete from role_grants g using due where g.account_id = ${accountId} and g.user_id = due.id),
      ungrouped as (
        delete from group_members m using due where m.account_id = ${accountId} and m.user_id = due.id),
      unbound as (
        delete from identities i using due where i.account_id = ${accountId} and i.user_id = due.id)
      select count(*)::int as people,
        encode(sha256(convert_to(string_agg(id::text, E'\n' order by id), 'UTF8')), 'hex') as sha256,
        array_agg(id::text) as ids from deleted`);
    if (!batch?.ids) return 0;
    await freeSeats(tx, sql`(select id as user_id from unnest(${sql.param(batch.ids)}::uuid[]) id)`);
    const { people, sha256 } = batch;
    await recordEvent(tx, actor, { action: "users.deleted", details: { people, sha256 } });
    return people;
  });
}
