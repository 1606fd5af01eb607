import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { mendedIn } from "./report/mended.ts";
import { type Place, pageByPosition, placed } from "./report/position-pages.ts";

export type FailedRow = {
  position: number;
  line: number;
  reason: string | null;
  /** As the file had them, also too few or too many; a password is blank. */
  cells: string[];
  mendedIn: string | null;
};

export type FailedRows = {
  rows: FailedRow[];
  /** Those of the file, in its order; `field` is the label of what is read from it, "" where nothing is. */
  columns: { header: string; field: string }[];
  previous: number | null;
  next: number | null;
};

/** Without `only`, just those that nobody has mended yet, from a place on. */
type View = { runId: string; only?: number[] } & Place;

/** A page of these stays well below what a form may send. */
const mostBytesOfLine = 8_000;

/** The failed lines of a run that is over, as far as their cells are known and fit into a form, 50 a page. */
export async function listFailedRows(actor: Actor, view: View): Promise<FailedRows> {
  authorize(actor, "imports.view");
  const { cursor, order, limit } = placed(sql`e.position`, view);
  return withAccount(actor, async (tx) => {
    const [run] = await tx.execute<{ columns: FailedRows["columns"] | null }>(sql`
      select assumed->'columns' as columns from runs where id = ${view.runId} and kind = 'import'
        and (state in ('completed', 'failed', 'cancelled') or (state = 'planned' and mode = 'check'))`);
    if (!run?.columns?.some(({ field }) => field))
      return { rows: [], columns: [], previous: null, next: null };
    const rows = await tx.execute<Record<string, unknown>>(sql`
      select e.position, e.line, e.reason, e.raw, ${mendedIn} as mended_in from run_entries e
      where e.account_id = ${actor.accountId} and e.run_id = ${view.runId} and e.outcome = 'failed'
        and octet_length(e.raw) <= ${mostBytesOfLine} and ${wanted(view, cursor)}
      ${order} limit ${limit}`);
    return { columns: run.columns, ...pageByPosition([...rows].map(toFailedRow), view) };
  });
}

const wanted = ({ only }: View, cursor: SQL): SQL =>
  only ? sql`e.position = any (${sql.param(only)}::int[])` : sql`${cursor} and ${mendedIn} is null`;

const toFailedRow = (row: Record<string, unknown>): FailedRow => ({
  position: row.position as number,
  line: row.line as number,
  reason: row.reason as string | null,
  cells: JSON.parse(row.raw as string) as string[],
  mendedIn: row.mended_in as string | null,
});
