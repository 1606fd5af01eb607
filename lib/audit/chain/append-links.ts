import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { secretKeys } from "#lib/secrets/secret-keys.ts";
import { beforeFirst, instantText, type Link, linkHash, type Sealable, sealable } from "./link-hash.ts";

/** A batch that is not full took all there was; the verifier relies on it, so this never changes. */
export const batchSize = 1_000;

type Sealed = { positions: number[]; ids: string[]; hashes: string[] };

/**
 * Appends a batch of what waits to the account's chain, in the order of the events' ids; answers how many there were.
 * Of two workers at once one does it: a chain never forks. Events that commit later come later.
 */
export async function appendLinks(tx: Transaction, accountId: string): Promise<number> {
  const [lock] = await tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`audit_chain:${accountId}`}, 0)) as held`,
  );
  if (!lock?.held) return 0;
  const due = await takeDue(tx, accountId);
  const [first] = due;
  if (!first) return 0;
  const keyId = secretKeys().current.id;
  const sealed = chain(due, {
    accountId,
    keyId,
    sealedAt: first.sealed_at,
    ...(await readHead(tx, accountId)),
  });
  await tx.execute(sql`
    insert into audit_chain (account_id, position, event_id, key_id, hash, sealed_at)
    select ${accountId}, s.position, s.event_id, ${keyId}, s.hash, ${first.sealed_at}::timestamptz
    from unnest(${sql.param(sealed.positions)}::bigint[], ${sql.param(sealed.ids)}::uuid[], ${sql.param(sealed.hashes)}::text[])
      as s(position, event_id, hash)`);
  return due.length;
}

/** A mark whose event is gone, or is sealed already, stays for the verifier to find. */
const takeDue = async (tx: Transaction, accountId: string) => [
  ...(await tx.execute<Sealable & { sealed_at: string }>(sql`
    with due as (
      select u.event_id from audit_unsealed u
      where u.account_id = ${accountId}
        and exists (select from audit_events e where e.account_id = u.account_id and e.id = u.event_id)
        and not exists (select from audit_chain c where c.account_id = u.account_id and c.event_id = u.event_id)
      order by u.event_id limit ${batchSize}),
    taken as (
      delete from audit_unsealed u using due
      where u.account_id = ${accountId} and u.event_id = due.event_id returning u.event_id)
    select ${sealable}, ${instantText(sql`now()`)} as sealed_at
    from taken join audit_events e on e.account_id = ${accountId} and e.id = taken.event_id order by e.id`)),
];

async function readHead(tx: Transaction, accountId: string): Promise<{ position: number; previous: string }> {
  const [head] = await tx.execute<{ position: string; hash: string }>(sql`
    select position, hash from audit_chain where account_id = ${accountId} order by position desc limit 1`);
  return { position: Number(head?.position ?? 0), previous: head?.hash ?? beforeFirst };
}

function chain(events: Sealable[], head: Link): Sealed {
  const sealed: Sealed = { positions: [], ids: [], hashes: [] };
  let { position, previous } = head;
  for (const event of events) {
    position += 1;
    previous = linkHash({ ...head, position, previous }, event);
    sealed.positions.push(position);
    sealed.ids.push(event.id);
    sealed.hashes.push(previous);
  }
  return sealed;
}
