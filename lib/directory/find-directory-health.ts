import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";

export type DirectoryHealth = {
  /** Of any trigger. */
  completedAt: Date | null;
  /** People in scope, at the last complete reading. */
  people: number | null;
  nextScheduledAt: Date | null;
  /** Days without a completed sync, once they are as many as admins want to be told of. */
  overdueDays: number | null;
  /** The last automatic run, where it failed and none was completed since. */
  failed: { runId: string; trigger: "scheduled" | "weekly"; at: Date; sentence: string | null } | null;
  /** The last run that somebody asked for, where it failed and nothing was completed since. */
  failedByHand: { runId: string; at: Date; sentence: string | null } | null;
};

type Row = {
  completed_at: string | null;
  people: number | null;
  next_scheduled_at: string | null;
  overdue_days: number | null;
  failed: { id: string; trigger: "scheduled" | "weekly"; at: string; sentence: string | null } | null;
  by_hand: { id: string; at: string; sentence: string | null } | null;
};

/** The last of these runs, where it failed and none of any kind was completed since. */
const lastFailed = (which: string): SQL => sql`(
  select to_jsonb(last) - 'state' from (
    select r.id, r.trigger, r.state, r.finished_at as at, r.failure as sentence from runs r
    where r.account_id = d.account_id and r.target = d.id and r.mode = 'apply' and r.state in ('completed', 'failed')
      and (${sql.raw(which)} or r.state = 'completed') order by r.id desc limit 1) last
  where last.state = 'failed')`;

/** How the account's directory is doing, for the overview; null where none was ever connected. */
export async function findDirectoryHealth(actor: Actor): Promise<DirectoryHealth | null> {
  authorize(actor, "directory.view");
  const [[row]] = await readAccount<[Row]>(
    actor,
    sql`
      select d.next_scheduled_at, (select r.rows_read from runs r where r.account_id = d.account_id and r.target = d.id
          and r.mode = 'apply' and r.state = 'completed' and r.span = 'full' order by r.id desc limit 1) as people,
        (select r.finished_at from runs r where r.account_id = d.account_id and r.target = d.id and r.mode = 'apply'
          and r.state = 'completed' order by r.id desc limit 1) as completed_at,
        case when d.last_good_at <= now() - make_interval(days => (v.settings->>'alertDays')::int)
          then extract(day from now() - d.last_good_at)::int end as overdue_days,
        ${lastFailed("r.trigger <> 'manual'")} as failed, ${lastFailed("r.trigger = 'manual'")} as by_hand
      from directories d join directory_versions v on v.account_id = d.account_id and v.directory_id = d.id and v.number = d.version
      where d.account_id = ${actor.accountId} and d.tested_as is not null`,
  );
  if (!row) return null;
  const { failed, by_hand: byHand } = row;
  return {
    completedAt: instant(row.completed_at),
    people: row.people,
    nextScheduledAt: instant(row.next_scheduled_at),
    overdueDays: row.overdue_days,
    failed: failed && {
      runId: failed.id,
      trigger: failed.trigger,
      at: new Date(failed.at),
      sentence: failed.sentence,
    },
    failedByHand: byHand && { runId: byHand.id, at: new Date(byHand.at), sentence: byHand.sentence },
  };
}

const instant = (value: string | null): Date | null => (value ? new Date(value) : null);
