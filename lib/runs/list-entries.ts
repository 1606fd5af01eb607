import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Matching } from "#lib/db/keyset.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { entryOutcome, mailShown, type Outcome, outcomeShown, reasonShown } from "./report/entry-columns.ts";
import { mendedIn } from "./report/mended.ts";
import { openTo } from "./report/open-to.ts";
import { countUpToCap, type Place, pageByPosition, placed } from "./report/position-pages.ts";

export type ListedEntry = {
  position: number;
  line: number;
  email: string | null;
  askedFor: string | null;
  outcome: Outcome;
  reason: string | null;
  mail: string | null;
  /** The later run in which this failed line was mended. */
  mendedIn: string | null;
};

type View = { runId: string; outcome?: Outcome; search?: string } & Place;
type Listed = { entries: ListedEntry[]; previous: number | null; next: number | null; matching: Matching };

/** A run's lines in the order of its file, 50 a page, at the same cost on every page. `search` is part of an address. */
export async function listEntries(actor: Actor, view: View): Promise<Listed> {
  authorize(actor, anyOf("view"));
  const { cursor, order, limit } = placed(sql`e.position`, view);
  const from = sql`from runs r join run_entries e on e.account_id = r.account_id and e.run_id = r.id
    where r.account_id = ${actor.accountId} and r.id = ${view.runId} and ${openTo(actor, "view")} and ${entryOutcome(view.outcome)} and ${contains(view.search)}`;
  return withAccount(actor, async (tx) => {
    const rows = await tx.execute<Record<string, unknown>>(sql`
      select e.position, e.line, e.email, e.asked, ${outcomeShown} as outcome, ${reasonShown} as reason, ${mailShown} as mail,
        case when e.outcome = 'failed' then ${mendedIn} end as mended_in
      ${from} and ${cursor} ${order} limit ${limit}`);
    const matching = (await countKept(tx, view)) ?? (await countUpToCap(tx, from));
    const { rows: entries, previous, next } = pageByPosition([...rows].map(toEntry), view);
    return { entries, previous, next, matching };
  });
}

/**
 * The run's own counter, where the view is one outcome, or everything, of a run that went to its end. Entries of a
 * directory of which nothing has changed are counted there, but have no line.
 */
async function countKept(tx: Transaction, view: View): Promise<Matching | null> {
  if (view.search?.trim() || view.outcome === "not_done") return null;
  const column = view.outcome === "new" ? "created" : (view.outcome ?? "rows_read");
  const lines = view.outcome
    ? sql`${sql.identifier(column)}`
    : sql`case when target is null then rows_read else created + updated + deleted + activated + unchanged + skipped + failed + waiting end`;
  const unlisted = view.outcome === undefined || view.outcome === "unchanged" ? sql`same` : sql`0`;
  const [run] = await tx.execute<{ n: number }>(sql`
    select ${lines} - ${unlisted} as n from runs where id = ${view.runId} and state in ('completed', 'planned')`);
  return run ? { count: run.n, capped: false } : null;
}

function contains(search: string | undefined): SQL {
  const wanted = search?.trim().toLowerCase();
  // Postgres takes no NUL, so no address has one.
  if (wanted?.includes("\0")) return sql`false`;
  return wanted ? sql`position(${wanted} in lower(e.email)) > 0` : sql`true`;
}

const toEntry = (row: Record<string, unknown>): ListedEntry => ({
  position: row.position as number,
  line: row.line as number,
  email: row.email as string | null,
  askedFor: row.asked as string | null,
  outcome: row.outcome as Outcome,
  reason: row.reason as string | null,
  mail: row.mail as string | null,
  mendedIn: row.mended_in as string | null,
});
