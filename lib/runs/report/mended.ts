import { type SQL, sql } from "drizzle-orm";
import { planSettings } from "../slice/plan-settings.ts";

/**
 * Whether the run `later`, in which a failed line was mended, still counts: one that ended with nothing done, or a check
 * that can no longer be applied, leaves the line free to be mended once more.
 */
export const mendHolds: SQL = sql`not (
  (later.state in ('failed', 'cancelled') and later.applied_to = 0)
  or (later.mode = 'check' and later.state = 'planned'
    and (later.planned_at <= now() - interval '60 minutes' or later.planned_under is distinct from ${planSettings})))`;

/** The run in which the failed line `e` was mended, if any. */
export const mendedIn: SQL = sql`(
  select m.mended_in from run_mends m
  join runs later on later.account_id = m.account_id and later.id = m.mended_in
  where m.account_id = e.account_id and m.run_id = e.run_id and m.position = e.position and ${mendHolds})`;
