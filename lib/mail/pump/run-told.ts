import { type SQL, sql } from "drizzle-orm";

/** What a mail tells of a run: only what stays as it is once the run has ended, so that a repeated mail is the same. */
export type RunTold = {
  kind: string;
  state: string;
  file: string | null;
  asked_by: string;
  rows: number;
  created: number;
  updated: number;
  deleted: number;
  activated: number;
  unchanged: number;
  skipped: number;
  failed: number;
  /** Suspensions that were too many to go without approval. */
  held_back: number;
};

/** The run that the outbox row `e` is about, as JSON; null for other mails. An undo tells the file of what it took back. */
export const runTold: SQL = sql`(
  select jsonb_build_object('kind', r.kind, 'state', r.state, 'file', coalesce(u.file_name, f.file_name),
    'asked_by', r.requested_by_name, 'rows', r.rows_read, 'created', r.created, 'updated', r.updated,
    'deleted', r.deleted, 'activated', r.activated, 'unchanged', r.unchanged, 'skipped', r.skipped, 'failed', r.failed,
    'held_back', case when r.removals = 'none' then 0 else r.waiting end)
  from runs r
  left join runs o on o.account_id = r.account_id and o.id = coalesce(r.undoes, r.mends)
  left join uploads u on u.account_id = r.account_id and u.id = r.upload_id
  left join uploads f on f.account_id = o.account_id and f.id = o.upload_id
  where e.kind in ('run_ended', 'removals_waiting') and r.account_id = e.account_id and r.id = e.subject_id)`;
