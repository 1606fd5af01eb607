import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { type RemindFrom, remindBatch } from "./reminders/remind-batch.ts";

type Done = { expired: number; reminded: number };

/** A sweep has other things to see to; the rest comes with the next. `atOnce`: invitations in a batch. */
const usual = { mostMs: 20_000, atOnce: 10_000 };

/**
 * Invitations that ran out are written down as expired, and those that nobody followed are mailed once more, once after
 * each sending; an audit event a batch. Can be repeated, and run by several workers at once. Accounts take turns, a batch
 * each, in another order each time: neither one that has much to do nor one that fails keeps the others waiting for ever.
 */
export async function runInvitationDates({ mostMs, atOnce } = usual): Promise<Done> {
  const until = performance.now() + mostMs;
  const done = { expired: 0, reminded: 0 };
  const failures: unknown[] = [];
  const accounts = shuffled(await accountLess.dueInvitations());
  let turns = accounts.map(({ account_id: accountId }) => batchesOf(accountId, atOnce, done));
  while (turns.length > 0) {
    const on: typeof turns = [];
    for (const turn of turns) {
      if (performance.now() >= until) return settled(done, failures);
      const { done: ended } = await turn.next().catch((error) => {
        failures.push(error);
        return { done: true };
      });
      if (!ended) on.push(turn);
    }
    turns = on;
  }
  return settled(done, failures);
}

async function* batchesOf(accountId: string, atOnce: number, done: Done): AsyncGenerator<void, void> {
  for (let batch = atOnce; batch === atOnce; ) {
    batch = await expireBatch(accountId, atOnce);
    done.expired += batch;
    if (batch > 0) yield;
  }
  for (let from: RemindFrom | null = "begin"; from !== null; ) {
    const batch = await remindBatch(accountId, from, atOnce);
    done.reminded += batch.reminded;
    from = batch.next;
    if (from !== null) yield;
  }
}

function shuffled<T>(items: T[]): T[] {
  const keyed = items.map((item) => ({ item, at: Math.random() }));
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** What failed is told once the others have had their turns. */
function settled(done: Done, failures: unknown[]): Done {
  if (failures.length > 0) throw failures[0];
  return done;
}

function expireBatch(accountId: string, atOnce: number): Promise<number> {
  const actor = systemActor(accountId, "its time was over");
  return withAccount(actor, async (tx) => {
    const [batch] = await tx.execute<{ invitations: number; sha256: string }>(sql`
      with due as (
        select id from invitations where account_id = ${accountId} and state = 'open' and expires_at <= now()
        order by expires_at limit ${atOnce} for update skip locked),
      expired as (
        update invitations i set state = 'expired', ended_at = i.expires_at
        from due where i.account_id = ${accountId} and i.id = due.id returning i.id)
      select count(*)::int as invitations,
        encode(sha256(convert_to(string_agg(id::text, E'\n' order by id), 'UTF8')), 'hex') as sha256 from expired`);
    if (!batch?.invitations) return 0;
    await recordEvent(tx, actor, { action: "invitations.expired", details: { ...batch } });
    return batch.invitations;
  });
}
