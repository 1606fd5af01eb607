import { type SQL, sql } from "drizzle-orm";
import { type EventFilter, type EventView, systemWord } from "../event-view.ts";
import { eventWords, isEventAction } from "../event-words.ts";
import { detailsTold } from "./details-told.ts";

export type Row = {
  id: string;
  at: string;
  actor_id: string | null;
  actor_name: string;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  subject_name: string | null;
  run_id: string | null;
  run_name: string | null;
  ip: string | null;
  details: Record<string, unknown>;
  position: string | null;
};

/** A transaction begins, and dates its events, a little before it writes them. */
const openFor = sql.raw("interval '10 minutes'");

/** The condition on `e` (audit_events) of one account; every part of it has an index that begins with the account. */
export function matching(accountId: string, { who, what, onWhom, from, to, run }: EventFilter): SQL {
  const parts = [sql`e.account_id = ${accountId}`];
  if (who === systemWord) parts.push(sql`e.actor_id is null`);
  else if (who) parts.push(sql`e.actor_id = ${personOf(accountId, who)}`);
  if (what) parts.push(sql`e.action = ${what}`);
  if (onWhom) parts.push(sql`e.subject_id = ${personOf(accountId, onWhom)}`);
  if (run) parts.push(sql`e.run_id = ${run}::uuid`);
  if (from)
    parts.push(sql`e.at >= ${midnight(from)} and e.id >= uuid_v7_floor(${midnight(from)} - ${openFor})`);
  if (to) parts.push(sql`e.at < ${after(to)} and e.id < uuid_v7_floor(${after(to)} + ${openFor})`);
  return sql.join(parts, sql` and `);
}

const personOf = (accountId: string, address: string): SQL =>
  sql`(select u.id from users u where u.account_id = ${accountId} and u.email_norm = ${address.toLowerCase()})`;

const midnight = (day: string): SQL => sql`(${day}::date::timestamp at time zone 'UTC')`;
const after = (day: string): SQL => sql`((${day}::date + 1)::timestamp at time zone 'UTC')`;

/** `page` reads rows of audit_events; what is told beside them is looked up for these alone. */
export const tell = (page: SQL, order: SQL): SQL => sql`
  with page as materialized (${page})
  select p.*, c.position, f.file_name as run_name, case p.subject_kind
      when 'user' then (select coalesce(u.email, nullif(concat_ws(' ', u.first_name, u.last_name), ''))
        from users u where u.account_id = p.account_id and u.id = p.subject_id)
      when 'role' then (select r.name from roles r where r.account_id = p.account_id and r.id = p.subject_id)
      when 'group' then (select g.name from groups g where g.account_id = p.account_id and g.id = p.subject_id)
    end as subject_name
  from page p
  left join audit_chain c on c.account_id = p.account_id and c.event_id = p.id
  left join lateral (
    select coalesce(case when r.undoes is not null then 'Undo of ' || coalesce(o.file_name, 'a run') end, o.file_name,
      replace(initcap(r.kind), '_', ' ')) as file_name
    from runs r left join runs b on b.account_id = r.account_id and b.id = coalesce(r.undoes, r.id)
    left join uploads o on o.account_id = r.account_id and o.id = b.upload_id
    where r.account_id = p.account_id and r.id = p.run_id) f on p.run_id is not null
  ${order}`;

export function toEventView(row: Row): EventView {
  const { changes, facts } = detailsTold(row.details);
  const named = row.details.name ?? row.details.email ?? null;
  const subject = row.subject_kind !== null && row.subject_kind !== "run" ? row.subject_kind : null;
  return {
    id: row.id,
    at: new Date(row.at),
    who: { id: row.actor_id, name: row.actor_name },
    ip: row.ip,
    what: isEventAction(row.action) ? eventWords[row.action] : row.action,
    onWhom: subject
      ? {
          kind: subject,
          id: row.subject_id,
          name: row.subject_name ?? (named === null ? null : String(named)),
        }
      : null,
    run: row.run_id ? { id: row.run_id, name: row.run_name ?? "a run" } : null,
    changes,
    facts,
    position: row.position === null ? null : Number(row.position),
  };
}
