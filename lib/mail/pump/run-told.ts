import { type SQL, sql } from "drizzle-orm";
import { readAccount } from "#lib/db/read-account.ts";

/** What a mail tells of a run: only what stays as it is once the run has ended, so that a repeated mail is the same. */
export type RunTold = {
  kind: string;
  state: string;
  file: string | null;
  asked_by: string;
  /** Nobody asked for it: it came by its schedule. */
  by_schedule: boolean;
  rows: number;
  created: number;
  updated: number;
  deleted: number;
  activated: number;
  unchanged: number;
  skipped: number;
  failed: number;
  /** Its suspensions were too many to go without approval; what is decided about them changes some counts later. */
  guarded: boolean;
  /** How many suspensions these were. */
  held_back: number;
};

/** The run that the outbox row `e` is about, as JSON; null for other mails. An undo tells the file of what it took back. */
export const runTold: SQL = sql`(
  select jsonb_build_object('kind', r.kind, 'state', r.state, 'file', coalesce(u.file_name, f.file_name),
    'asked_by', r.requested_by_name, 'by_schedule', r.trigger <> 'manual', 'rows', r.rows_read, 'created', r.created, 'updated', r.updated,
    'deleted', r.deleted, 'activated', r.activated, 'unchanged', r.unchanged, 'skipped', r.skipped, 'failed', r.failed,
    'guarded', r.removals <> 'none', 'held_back', 0)
  from runs r
  left join runs o on o.account_id = r.account_id and o.id = coalesce(r.undoes, r.mends)
  left join uploads u on u.account_id = r.account_id and u.id = r.upload_id
  left join uploads f on f.account_id = o.account_id and f.id = o.upload_id
  where e.kind in ('run_ended', 'removals_waiting', 'sync_failed') and r.account_id = e.account_id and r.id = e.subject_id)`;

/**
 * Counts what was held back, from the plan, which loses only what no longer fits when it is carried out; once a run,
 * however many hear of it.
 */
export async function countHeldBack(
  accountId: string,
  letters: { subject_id: string; run: RunTold | null }[],
): Promise<void> {
  const guarded = letters.filter(({ run }) => run?.guarded);
  if (guarded.length === 0) return;
  const runIds = [...new Set(guarded.map((letter) => letter.subject_id))];
  const [rows] = await readAccount<[{ run_id: string; n: number }]>(
    { accountId },
    sql`
    select run_id, count(*)::int as n from run_changes
    where run_id = any (${sql.param(runIds)}::uuid[]) and action = 'suspend' group by 1`,
  );
  const counts = new Map(rows.map((row) => [row.run_id, row.n]));
  for (const { run, subject_id } of guarded) if (run) run.held_back = counts.get(subject_id) ?? 0;
}
