import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

/** From midnight UTC of the first day up to midnight UTC of the first day of the next; "2026-11-01". */
export type BillingPeriod = { from: string; to: string };

/** The latest so many are told. */
const mostPeriods = 13;

/**
 * Billing periods from the current one back, none before the first person was managed. Counted from the account's first
 * day of billing, so that a period that begins on the 31st begins on the last day of shorter months.
 */
export const billingPeriods = async (tx: Transaction): Promise<BillingPeriod[]> => [
  ...(await tx.execute<BillingPeriod>(sql`
    with account as (
      select billing_from as base, case billing_period when 'annual' then 12 else 1 end as step,
        (now() at time zone 'UTC')::date as today from accounts),
    latest as (
      select *, floor((extract(year from today) - extract(year from base)) * 12 / step
        + (extract(month from today) - extract(month from base)) / step)::int as near from account),
    periods as (
      select (base + make_interval(months => n * step))::date as starts, (base + make_interval(months => (n + 1) * step))::date as ends,
        today
      from latest, generate_series(near, near - ${mostPeriods}, -1) n)
    select starts::text as "from", ends::text as "to" from periods
    where starts <= today and (ends > today
      or ends > (select min(managed_from at time zone 'UTC')::date from managed_spans))
    order by starts desc limit ${mostPeriods}`)),
];

/** Of a span `s`: whether somebody was managed at any time of the period. */
export const isWithin = ({ from, to }: BillingPeriod): SQL =>
  sql`s.managed_from < ${midnight(to)} and (s.managed_to is null or s.managed_to > ${midnight(from)})`;

export const midnight = (day: string) => sql`${day}::timestamp at time zone 'UTC'`;
