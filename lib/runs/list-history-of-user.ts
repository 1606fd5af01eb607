import { sql } from "drizzle-orm";
import { eventWords, isEventAction } from "#lib/audit/event-words.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { pageOf } from "#lib/db/keyset.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { type ChangeRow, type FieldChange, fieldsOf, kindOf } from "./report/change-fields.ts";
import { outcomeShown } from "./report/entry-columns.ts";
import type { RunKindName } from "./run-kind.ts";

/** Something that was done to a person, by a run or by hand; `fields` may be none where the words say it all. */
export type PastChange = {
  id: string;
  at: Date;
  by: string;
  /** What a run did, one of its actions; null of what was done by hand. */
  action: string | null;
  /** What was done by hand, in words; null of what a run did. */
  words: string | null;
  run: { id: string; kind: RunKindName; fileName: string | null } | null;
  fields: (Omit<FieldChange, "field"> & { field: string })[];
  groups: string[];
  leaves: string[];
};

type Page = { changes: PastChange[]; previous: string | null; next: string | null };
type View = { userId: string; after?: string; before?: string };

type Row = {
  id: string;
  at: string;
  by: string;
  event: string | null;
  details: { changes?: PastChange["fields"] } | null;
  run_id: string | null;
  kind: RunKindName | null;
  file_name: string | null;
  change: ChangeRow | null;
};

const pageSize = 25;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What was changed of one person, newest first, 25 a page: by runs that carried it out, and one by one. Ids of both carry
 * their time. Who signed in and when is activity, and stands elsewhere.
 */
export async function listHistoryOfUser(actor: UserActor, view: View): Promise<Page> {
  authorize(actor, "users.view");
  if (!uuid.test(view.userId)) return { changes: [], previous: null, next: null };
  const backwards = view.before !== undefined;
  const order = backwards ? sql`asc` : sql`desc`;
  const limit = sql`limit ${pageSize + 1}`;
  const cursor = (column: string) => {
    const id = sql.raw(column);
    if (backwards) return sql`${id} > ${view.before}::uuid`;
    return view.after ? sql`${id} < ${view.after}::uuid` : sql`true`;
  };
  const byRuns = sql`
    select c.run_id as id, coalesce(r.finished_at, r.applying_at, r.requested_at) as at, r.requested_by_name as by,
      null as event, null::jsonb as details, r.id as run_id, r.kind, f.file_name, to_jsonb(c) as change
    from run_changes c
    join runs r on r.account_id = c.account_id and r.id = c.run_id 
      and (r.state in ('completed', 'failed', 'cancelled') or c.position <= r.applied_to)
    join run_entries e on e.account_id = c.account_id and e.run_id = c.run_id and e.position = c.position
      and ${outcomeShown} in ('new', 'updated', 'deleted', 'activated')
    left join runs o on o.account_id = r.account_id and o.id = coalesce(r.undoes, r.mends)
    left join uploads f on f.account_id = r.account_id and f.id = coalesce(r.upload_id, o.upload_id)
    where c.account_id = ${actor.accountId} and c.user_id = ${view.userId} and c.action <> 'none' and ${cursor("c.run_id")}
    order by c.run_id ${order} ${limit}`;
  const byHand = sql`
    select a.id, a.at, a.actor_name as by, a.action as event, a.details, null::uuid, null, null, null::jsonb
    from audit_events a
    where a.account_id = ${actor.accountId} and a.subject_id = ${view.userId} and a.subject_kind = 'user' and a.run_id is null
      and a.action not like 'session.%' and a.action not like 'sign\_in.%' and ${cursor("a.id")}
    order by a.id ${order} ${limit}`;
  const rows = await withAccount(actor, (tx) =>
    tx.execute<Row>(
      sql`select * from ((${byRuns}) union all (${byHand})) everything order by id ${order} ${limit}`,
    ),
  );
  const page = pageOf([...rows].map(toPastChange), pageSize, view, (change) => change.id);
  return { changes: page.rows, previous: page.previous, next: page.next };
}

function toPastChange(row: Row): PastChange {
  const run = row.run_id && row.kind ? { id: row.run_id, kind: row.kind, fileName: row.file_name } : null;
  return {
    id: row.id,
    at: new Date(row.at),
    by: row.by,
    action: row.change && kindOf(row.change),
    words: row.event === null ? null : wordsOf(row.event),
    run,
    fields: row.change ? fieldsOf(row.change) : [row.details?.changes ?? []].flat(),
    groups: row.change?.groups ?? [],
    leaves: row.change?.leaves ?? [],
  };
}

const wordsOf = (event: string): string => (isEventAction(event) ? eventWords[event] : event);
