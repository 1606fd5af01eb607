import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { type BillingPeriod, isWithin, midnight } from "./periods.ts";

/**
 * Of each period: people who were managed at any time of it. Whoever still is has one open span, so that these are
 * counted for all periods in one pass, without sorting; of those who have ended only the distinct ones beside them.
 */
export async function countPeople<Period extends BillingPeriod>(
  tx: Transaction,
  periods: Period[],
): Promise<(Period & { people: number })[]> {
  const counts = periods.map(({ to }) => sql`count(*) filter (where managed_from < ${midnight(to)})`);
  const [open] = await tx.execute<{ still: number[] }>(sql`
    select array[${sql.join(counts, sql`, `)}]::int[] as still from managed_spans where managed_to is null`);
  const told: (Period & { people: number })[] = [];
  for (const [at, period] of periods.entries()) {
    const [ended] = await tx.execute<{ people: number }>(sql`
      select count(distinct s.user_id)::int as people from managed_spans s
      where s.managed_to is not null and ${isWithin(period)} and not exists (
        select from managed_spans o where o.account_id = s.account_id and o.user_id = s.user_id and o.managed_to is null
          and o.managed_from < ${midnight(period.to)})`);
    told.push({ ...period, people: (open?.still[at] ?? 0) + (ended?.people ?? 0) });
  }
  return told;
}
