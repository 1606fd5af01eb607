import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { csvRecord } from "#lib/csv/csv-record.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { BillingPeriod } from "./usage/periods.ts";
import { type Span, spansOf } from "./usage/span-rows.ts";

const pageSize = 5_000;

/** Everybody who was managed in a period as CSV text, a page at a time: no statement stays open between pages. */
export async function* streamUsage(actor: UserActor, period: BillingPeriod): AsyncGenerator<string> {
  authorize(actor, "seats.view");
  await withAccount(actor, (tx) =>
    recordEvent(tx, actor, { action: "usage.exported", details: { from: period.from, to: period.to } }),
  );
  yield `\u{feff}${csvRecord(["Name", "Email ID", "Managed from", "Managed until", "Managed by"])}`;
  let after: string | null = null;
  for (;;) {
    const cursor = after === null ? sql`true` : sql`s.id > ${after}::uuid`;
    const spans: Span[] = await withAccount(actor, (tx) =>
      spansOf(tx, period, { cursor, order: sql`s.id`, limit: pageSize }),
    );
    after = spans.at(-1)?.id ?? after;
    yield spans.map(record).join("");
    if (spans.length < pageSize) return;
  }
}

const record = ({ name, email, from, to, by }: Span): string =>
  csvRecord([name, email, from.toISOString(), to?.toISOString() ?? "", by]);
