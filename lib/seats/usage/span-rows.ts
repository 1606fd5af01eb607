import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { type BillingPeriod, isWithin } from "./periods.ts";

/** A time in which somebody was managed; `to` null: still is. */
export type Span = {
  id: string;
  userId: string;
  name: string;
  email: string | null;
  from: Date;
  to: Date | null;
  by: string;
};

type Row = Omit<Span, "from" | "to"> & { from: string; to: string | null };

/** Spans of a period on either side of a cursor, by id, which is by time. */
export async function spansOf(
  tx: Transaction,
  period: BillingPeriod,
  { cursor, order, limit }: { cursor: SQL; order: SQL; limit: number },
): Promise<Span[]> {
  const rows = await tx.execute<Row>(sql`
    select s.id, s.user_id as "userId", s.name, s.email, s.managed_from as "from", s.managed_to as "to", s.managed_by as by
    from managed_spans s where ${isWithin(period)} and ${cursor} order by ${order} limit ${limit}`);
  return [...rows].map((row) => ({ ...row, from: new Date(row.from), to: row.to ? new Date(row.to) : null }));
}
