import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { holdTarget } from "./sync/target.ts";

type Forgotten =
  | { ok: true; people: number; groups: number; without: number }
  | { ok: false; reason: "no_directory" | "running" };

/**
 * For the operator, of a directory that was built anew: the next sync finds people by their addresses, and groups by their
 * names. `without`: people who have no address, or another one than in the directory, keep their id: by the address they would
 * be brought a second time. They will be taken for gone.
 */
export function forgetDirectoryIds(accountId: string): Promise<Forgotten> {
  return withAccount({ accountId }, async (tx): Promise<Forgotten> => {
    await tx.execute(sql`set local statement_timeout = '10min'`);
    const held = await holdTarget(tx);
    if (!held) return { ok: false, reason: "no_directory" };
    const running = await tx.execute(sql`
      select 1 from runs where account_id = ${accountId} and target = ${held.id}
        and (state in ('queued', 'reading', 'planning', 'applying') or (state = 'planned' and mode = 'apply')) limit 1`);
    if (running.length > 0) return { ok: false, reason: "running" };
    const ours = sql`account_id = ${accountId}`;
    const people = await tx.execute(sql`
      update users u set external_id = null, version = version + 1 where u.account_id = ${accountId} and u.external_id is not null
        and u.email is not null and exists (select from directory_entries e where e.account_id = u.account_id
          and e.external_id = u.external_id and e.email_norm = u.email_norm)`);
    const groups = await tx.execute(
      sql`update groups set external_id = null where ${ours} and external_id is not null and source = 'synced'`,
    );
    await forgetEntries(tx, accountId);
    // The next run keeps the groups anew, though their ids may be as before.
    await tx.execute(sql`
      update runs set options = options - 'unitsAre' - 'listsAre' where id = (
        select id from runs where ${ours} and target = ${held.id} and state = 'completed' order by id desc limit 1)`);
    await tx.execute(
      sql`update directories set position = null, last_full_at = null where ${ours} and id = ${held.id}`,
    );
    const [left] = await tx.execute<{ n: number }>(
      sql`select count(*)::int as n from users where ${ours} and external_id is not null and status <> 'deleted'`,
    );
    const counts = { people: people.count, groups: groups.count, without: left?.n ?? 0 };
    await recordEvent(tx, systemActor(accountId, "operator"), {
      action: "directory.ids_forgotten",
      subjectKind: "directory",
      subjectId: held.id,
      details: counts,
    });
    return { ok: true, ...counts };
  });
}

/** That a sync suspended somebody is known from their entry alone, and lets them in again when they come back. */
async function forgetEntries(tx: Transaction, accountId: string): Promise<void> {
  const forgotten = sql`e.account_id = ${accountId} and u.account_id = e.account_id and u.id = e.user_id and u.external_id is null`;
  await tx.execute(
    sql`delete from directory_entries e using users u where ${forgotten} and e.verdict <> 'suspended'`,
  );
  await tx.execute(sql`
    update directory_entries e set email = null, row_hash = null, marks = null, still_in = null from users u
    where ${forgotten} and e.verdict = 'suspended'`);
}
