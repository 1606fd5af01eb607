import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { csvRecord } from "#lib/csv/csv-record.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { EventFilter, EventView } from "./event-view.ts";
import { recordEvent } from "./record-event.ts";
import { matching, type Row, tell, toEventView } from "./report/select-events.ts";

const pageSize = 2_000;

const header = [
  ...["Time (UTC)", "Who", "What", "On whom", "Before and after", "Details", "From", "Run", "Run ID"],
  ...["Sealed at position", "Event ID"],
];

/** What the filter shows as CSV text, the latest first, a page at a time: no statement stays open between pages. */
export async function* streamEvents(actor: Actor, filter: EventFilter): AsyncGenerator<string> {
  authorize(actor, "audit.export");
  await withAccount(actor, (tx) =>
    recordEvent(tx, actor, { action: "audit.exported", details: given(filter) }),
  );
  yield `\u{feff}${csvRecord(header)}`;
  let before: string | null = null;
  for (;;) {
    const events: EventView[] = await readPage(actor, filter, before);
    yield events.map(record).join("");
    before = events.at(-1)?.id ?? null;
    if (events.length < pageSize) return;
  }
}

const given = (filter: EventFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])));

async function readPage(actor: Actor, filter: EventFilter, before: string | null): Promise<EventView[]> {
  const cursor = before ? sql`e.id < ${before}::uuid` : sql`true`;
  const order = sql`order by id desc`;
  const read = sql`
    select e.* from audit_events e where ${matching(actor.accountId, filter)} and ${cursor} ${order} limit ${pageSize}`;
  return [...(await withAccount(actor, (tx) => tx.execute<Row>(tell(read, order))))].map(toEventView);
}

const record = (event: EventView): string =>
  csvRecord([
    event.at.toISOString(),
    event.who.name,
    event.what,
    event.onWhom && (event.onWhom.name ?? event.onWhom.kind),
    event.changes
      .map(({ field, before, after }) => `${field}: ${before ?? "empty"} → ${after ?? "empty"}`)
      .join("; "),
    event.facts.map(({ name, value }) => `${name}: ${value}`).join("; "),
    event.ip,
    event.run?.name ?? null,
    event.run?.id ?? null,
    event.position,
    event.id,
  ]);
