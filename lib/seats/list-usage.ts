import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { pageOf } from "#lib/db/keyset.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { readSeats, type Seats } from "./lock-seats.ts";
import { countPeople } from "./usage/count-people.ts";
import { type BillingPeriod, billingPeriods } from "./usage/periods.ts";
import { type Span, spansOf } from "./usage/span-rows.ts";

type View = { from?: string | undefined; after?: string | undefined; before?: string | undefined };

export type Usage = {
  seats: Seats;
  billed: "monthly" | "annual";
  /** The current one first; `people`: who were managed at any time of it. */
  periods: (BillingPeriod & { people: number })[];
  /** The one that is looked at. */
  period: BillingPeriod;
  spans: Span[];
  previous: string | null;
  next: string | null;
};

const pageSize = 50;

/** Who was managed in a billing period, by the day on which it begins (absent or unknown: the current one), newest first. */
export async function listUsage(actor: Actor, view: View): Promise<Usage> {
  authorize(actor, "seats.view");
  return withAccount(actor, async (tx) => {
    const periods = await countPeople(tx, await billingPeriods(tx));
    const period = periods.find(({ from }) => from === view.from) ?? periods[0];
    if (!period) throw new Error("an account has no billing period");
    const backwards = view.before !== undefined;
    const cursor = backwards
      ? sql`s.id > ${view.before}::uuid`
      : view.after
        ? sql`s.id < ${view.after}::uuid`
        : sql`true`;
    const order = backwards ? sql`s.id asc` : sql`s.id desc`;
    const read = await spansOf(tx, period, { cursor, order, limit: pageSize + 1 });
    const { rows: spans, previous, next } = pageOf(read, pageSize, view, (span) => span.id);
    return { seats: await readSeats(tx), billed: await billed(tx), periods, period, spans, previous, next };
  });
}

async function billed(tx: Transaction): Promise<Usage["billed"]> {
  const [account] = await tx.execute<{ billed: Usage["billed"] }>(
    sql`select billing_period as billed from accounts`,
  );
  return account?.billed ?? "monthly";
}
