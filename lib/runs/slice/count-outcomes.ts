import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { outcomes } from "../report/entry-columns.ts";

const counted = outcomes.filter((outcome) => outcome !== "not_done");
const columnOf = (outcome: string) => (outcome === "new" ? "created" : outcome);
const lines = (outcome: string) => `coalesce((c.counts->>'${outcome}')::int, 0)`;
// Entries of which nothing has changed have no line.
const sets = sql.raw(
  counted.map((o) => `${columnOf(o)} = ${lines(o)}${o === "unchanged" ? " + same" : ""}`).join(", "),
);

/**
 * What the report tells is what the rows say; of a run cut short, what was planned behind `upTo` was not done. Where the
 * rows are gone, the counts stay as they are.
 */
export async function countOutcomes(tx: Transaction, runId: string, upTo?: number): Promise<void> {
  await tx.execute(sql`
    update runs set ${sets} from (
      select coalesce(jsonb_object_agg(outcome, n), '{}') as counts from (
        select outcome, count(*) as n from run_entries
        where run_id = ${runId} and (${upTo ?? null}::int is null or position <= ${upTo ?? null}::int
          or outcome in ('failed', 'skipped', 'unchanged')) group by outcome) o) c
    where id = ${runId} and not run_lines_gone(id)`);
}
