import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Matching } from "#lib/db/keyset.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { anyOf, type InvitationAction } from "./operations-of-runs.ts";
import { type ChangeRow, type FieldChange, fieldsOf, kindOf, nameOf } from "./report/change-fields.ts";
import { type Outcome, outcomeShown } from "./report/entry-columns.ts";
import { openTo } from "./report/open-to.ts";
import { countUpToCap, type Place, pageByPosition, placed } from "./report/position-pages.ts";

export type ChangeKind =
  | "create"
  | "update"
  | "suspend"
  | "restore"
  | "delete"
  | "manage"
  | "unmanage"
  | InvitationAction;

export type ListedChange = {
  position: number;
  line: number;
  email: string | null;
  name: string | null;
  kind: string;
  /** What came of it: a change that was planned may have been left undone. */
  outcome: Outcome;
  fields: FieldChange[];
  /** Groups that the person joins. */
  groups: string[];
  /** Groups that the person leaves. */
  leaves: string[];
};

type View = { runId: string; kind?: ChangeKind } & Place;
type Listed = { changes: ListedChange[]; previous: number | null; next: number | null; matching: Matching };

/** What a run plans to do, or did, to each person, in the order of its file, 50 a page, at the same cost on every page. */
export async function listChanges(actor: Actor, view: View): Promise<Listed> {
  authorize(actor, anyOf("view"));
  const { cursor, order, limit } = placed(sql`c.position`, view);
  const from = sql`from run_changes c where c.account_id = ${actor.accountId} and c.run_id = ${view.runId} and ${ofKind(view.kind)}
    and exists (select from runs r where r.account_id = ${actor.accountId} and r.id = ${view.runId} and ${openTo(actor, "view")})`;
  return withAccount(actor, async (tx) => {
    const kept = await countKept(tx, view);
    // What nobody has would be looked for in every change there is.
    if (kept?.count === 0) return { changes: [], previous: null, next: null, matching: kept };
    // The page is cut before anything is joined to it: line, outcome and person are looked up for its rows alone.
    const rows = await tx.execute<ChangeRow>(sql`
      with page as materialized (
        select c.* ${from} and ${cursor} ${order} limit ${limit})
      select c.*, e.line, ${outcomeShown} as outcome, coalesce(c.email, u.email) as address,
        u.first_name as first_name_now, u.last_name as last_name_now
      from page c
      join runs r on r.account_id = c.account_id and r.id = c.run_id
      join run_entries e on e.account_id = c.account_id and e.run_id = c.run_id and e.position = c.position
      left join users u on u.account_id = c.account_id and u.id = c.user_id
      ${order}`);
    const matching = kept ?? (await countUpToCap(tx, from));
    const { rows: changes, previous, next } = pageByPosition([...rows].map(toChange), view);
    return { changes, previous, next, matching };
  });
}

/** The run's own counters, where they count what is asked for; discarded suspensions are in none. */
async function countKept(tx: Transaction, { runId, kind }: View): Promise<Matching | null> {
  const kept = {
    all: sql`created + updated + deleted + waiting + activated`,
    suspend: sql`deleted + waiting`,
    restore: sql`activated`,
    create: null,
    update: null,
    delete: null,
    manage: null,
    unmanage: null,
    resend: null,
    revoke: null,
  }[kind ?? "all"];
  if (!kept) return null;
  const [run] = await tx.execute<{ n: number }>(sql`
    select ${kept} as n from runs where id = ${runId} and kind in ('import', 'bulk_change', 'bulk_invite', 'directory_sync') and state in ('completed', 'planned')
      and removals in ('none', 'waiting', 'approved')`);
  return run ? { count: run.n, capped: false } : null;
}

const ofKind = (kind: ChangeKind | undefined): SQL => (kind ? sql`c.action = ${kind}` : sql`true`);

const toChange = (row: ChangeRow): ListedChange => ({
  position: row.position,
  line: row.line,
  email: row.address,
  name: nameOf(row),
  kind: kindOf(row),
  outcome: row.outcome,
  fields: fieldsOf(row),
  groups: row.groups ?? [],
  leaves: row.leaves ?? [],
});
