import { type SQL, sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { instantText } from "./link-hash.ts";

/** Events by how they stand to the chain, a page of them. Instants are texts. */
export type UnsealedPage = {
  events: number;
  waiting: number;
  oldest_waiting: string | null;
  oldest_waiting_id: string | null;
  /** Neither sealed nor waiting. */
  lost: number;
  first_lost: string | null;
  /** Sealed, and waiting again. */
  twice: number;
  first_twice: string | null;
  last: string | null;
};

const pageSize = 5_000;

const first = (condition: SQL) => sql`(array_agg(id order by id) filter (where ${condition}))[1]`;

const lost = sql`position is null and not waits`;
const twice = sql`position is not null and waits`;
const waiting = sql`position is null and waits`;

/** All events of the account in the order of their ids; each page is one statement, so that a seal set meanwhile does no harm. */
export async function* readUnsealed(accountId: string): AsyncGenerator<UnsealedPage> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const [page] = await withAccount({ accountId }, (tx) =>
      tx.execute<UnsealedPage>(sql`
        with judged as (
          select e.id, e.at, c.position, u.event_id is not null as waits
          from (select account_id, id, at from audit_events where account_id = ${accountId} and id > ${after}::uuid
            order by id limit ${pageSize}) e
          left join audit_chain c on c.account_id = e.account_id and c.event_id = e.id
          left join audit_unsealed u on u.account_id = e.account_id and u.event_id = e.id)
        select count(*)::int as events, count(*) filter (where ${waiting})::int as waiting,
          ${instantText(sql`min(at) filter (where ${waiting})`)} as oldest_waiting,
          (array_agg(id order by at) filter (where ${waiting}))[1] as oldest_waiting_id,
          count(*) filter (where ${lost})::int as lost, ${first(lost)} as first_lost,
          count(*) filter (where ${twice})::int as twice, ${first(twice)} as first_twice,
          max(id::text) as last
        from judged`),
    );
    if (!page?.last) return;
    yield page;
    after = page.last;
    if (page.events < pageSize) return;
  }
}

/** Marks of waiting events that are gone. */
export async function countOrphanMarks(accountId: string): Promise<{ n: number; first: string | null }> {
  const [row] = await withAccount({ accountId }, (tx) =>
    tx.execute<{ n: number; first: string | null }>(sql`
      select count(*)::int as n, min(u.event_id::text) as first from audit_unsealed u
      where u.account_id = ${accountId}
        and not exists (select from audit_events e where e.account_id = u.account_id and e.id = u.event_id)`),
  );
  return row ?? { n: 0, first: null };
}
