import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";

/**
 * How many addresses several entries have, counted at the end of a complete reading: a page that asked would walk over every
 * address. As at the last one where nobody has changed and nobody has gone since.
 */
export const noteShared = (run: WorkedRun): SQL => sql`
  update runs r set options = r.options || jsonb_build_object('sharedAddresses', coalesce((
      select (b.options->>'sharedAddresses')::int from (
        select o.options from runs o where o.account_id = r.account_id and o.target = r.target and o.state = 'completed'
          and o.id < r.id order by o.id desc limit 1) b
      where r.last_position = 0 and b.options->>'met' = r.options->>'met'), (
      select count(*)::int from (
        select from directory_entries e where e.account_id = ${run.accountId} and e.email_norm is not null
        group by e.email_norm having count(*) > 1) shared)))
  where r.account_id = ${run.accountId} and r.id = ${run.id}`;
