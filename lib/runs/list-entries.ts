import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Matching, matchingCap, matchingOf, pageOf } from "#lib/db/keyset.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { entryOutcome, mailShown, type Outcome, outcomeShown, reasonShown } from "./report/entry-columns.ts";
import { mendedIn } from "./report/mended.ts";

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

type View = {
  runId: string;
  outcome?: Outcome;
  search?: string;
  after?: number;
  before?: number;
  last?: boolean;
};
type Listed = { entries: ListedEntry[]; previous: number | null; next: number | null; matching: Matching };

const pageSize = 50;

/** A run's lines in the order of its file, 50 a page, at the same cost on every page. `search` is part of an address. */
export async function listEntries(actor: Actor, view: View): Promise<Listed> {
  authorize(actor, "imports.view");
  const backwards = view.before !== undefined || view.last === true;
  const from = sql`from runs r join run_entries e on e.account_id = r.account_id and e.run_id = r.id
    where r.account_id = ${actor.accountId} and r.id = ${view.runId} and ${entryOutcome(view.outcome)} and ${contains(view.search)}`;
  return withAccount(actor, async (tx) => {
    const rows = await tx.execute<Record<string, unknown>>(sql`
      select e.position, e.line, e.email, e.asked, ${outcomeShown} as outcome, ${reasonShown} as reason, ${mailShown} as mail,
        case when e.outcome = 'failed' then ${mendedIn} end as mended_in
      ${from} and ${cursorOf(view)} order by e.position ${backwards ? sql`desc` : sql`asc`} limit ${pageSize + 1}`);
    const matching = (await countKept(tx, view)) ?? (await countUpToCap(tx, from));
    const page = pageOf([...rows].map(toEntry), pageSize, textCursor(view), (entry) =>
      String(entry.position),
    );
    return {
      entries: page.rows,
      previous: page.previous === null ? null : Number(page.previous),
      next: page.next === null ? null : Number(page.next),
      matching,
    };
  });
}

/** The run's own counter, where the view is one outcome, or everything, of a run that went to its end. */
async function countKept(tx: Transaction, view: View): Promise<Matching | null> {
  if (view.search?.trim() || view.outcome === "not_done") return null;
  const column = view.outcome === "new" ? "created" : (view.outcome ?? "rows_read");
  const [run] = await tx.execute<{ n: number }>(sql`
    select ${sql.identifier(column)} as n from runs where id = ${view.runId} and state in ('completed', 'planned')`);
  return run ? { count: run.n, capped: false } : null;
}

async function countUpToCap(tx: Transaction, from: SQL): Promise<Matching> {
  const [counted] = await tx.execute<{ n: string }>(sql`
    select count(*) as n from (select ${from} limit ${matchingCap + 1}) capped`);
  return matchingOf(Number(counted?.n));
}

function cursorOf(view: View): SQL {
  if (view.before !== undefined) return sql`e.position < ${view.before}`;
  return view.after === undefined ? sql`true` : sql`e.position > ${view.after}`;
}

const textCursor = ({ after, before, last }: View) => ({
  after: after?.toString(),
  before: before?.toString(),
  last,
});

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
