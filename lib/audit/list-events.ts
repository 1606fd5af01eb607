import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Matching, matchingCap, matchingOf, pageOf } from "#lib/db/keyset.ts";
import { readAccount } from "#lib/db/read-account.ts";
import type { EventFilter, EventView } from "./event-view.ts";
import { matching, type Row, tell, toEventView } from "./report/select-events.ts";

type Place = { after?: string | undefined; before?: string | undefined; last?: boolean };
type Listed = { events: EventView[]; previous: string | null; next: string | null; matching: Matching };

const pageSize = 50;

/** What was written down, the latest first, 50 a page, at the same cost on every page. */
export async function listEvents(actor: Actor, filter: EventFilter, place: Place = {}): Promise<Listed> {
  authorize(actor, "audit.view");
  const where = matching(actor.accountId, filter);
  const backwards = place.before !== undefined || place.last === true;
  const cursor = place.before
    ? sql`e.id > ${place.before}::uuid`
    : place.after
      ? sql`e.id < ${place.after}::uuid`
      : sql`true`;
  const order = backwards ? sql`order by id` : sql`order by id desc`;
  const read = sql`select e.* from audit_events e where ${where} and ${cursor} ${order} limit ${pageSize + 1}`;
  const [rows, [counted]] = await readAccount<[Row, { n: string }]>(
    actor,
    tell(read, order),
    sql`
      select count(*) as n from (select from audit_events e where ${where} limit ${matchingCap + 1}) capped`,
  );
  const page = pageOf(rows.map(toEventView), pageSize, place, ({ id }) => id);
  const { rows: events, previous, next } = page;
  return { events, previous, next, matching: matchingOf(Number(counted?.n)) };
}
