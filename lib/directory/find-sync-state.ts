import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { listTargetRuns, type TargetRuns } from "#lib/runs/list-target-runs.ts";
import type { RunView } from "#lib/runs/run-view.ts";

/** `ahead`: runs of all accounts before it. `endsAt` null: that cannot be told yet. */
export type SyncWait = { ahead: number; endsAt: Date | null };

export type SyncState = TargetRuns & {
  /** Of the run under way. */
  wait: SyncWait | null;
  /** Set while nobody may press **Run Now**. */
  hold: { since: Date; until: Date } | null;
  /** Who wants a run when the hold ends. */
  wish: { by: string; mine: boolean } | null;
};

type Row = {
  id: string;
  held_since: string | null;
  held: boolean | null;
  wish_by: string | null;
  wish_name: string | null;
  last_total: number | null;
  /** People a second, of the last complete runs. */
  rate: number | null;
  now: string;
};

const nothing: SyncState = {
  now: null,
  waiting: null,
  attempted: null,
  completed: null,
  preview: null,
  failedPreview: null,
  wait: null,
  hold: null,
  wish: null,
};

/** What the page of the sync tells: what is under way, what was last, and until when the next must wait. */
export async function findSyncState(actor: UserActor, holdHours: number): Promise<SyncState> {
  authorize(actor, "directory.view");
  const [[row]] = await readAccount<[Row]>(
    actor,
    sql`
      select d.id, d.held_since, d.held_since > now() - ${holdHours}::numeric * interval '1 hour' as held,
        d.at_hold_end_by as wish_by, d.at_hold_end_by_name as wish_name, d.last_total, now() as now, (
          select sum(past.rows_read) / nullif(sum(extract(epoch from past.finished_at - past.started_at)), 0) from (
            select r.rows_read, r.finished_at, r.started_at from runs r where r.account_id = d.account_id and r.target = d.id
              and r.state = 'completed' and r.span = 'full' order by r.id desc limit 5) past)::float8 as rate
      from directories d where d.account_id = ${actor.accountId}`,
  );
  if (!row) return nothing;
  const runs = await listTargetRuns(actor, row.id);
  const since = row.held && row.held_since ? new Date(row.held_since) : null;
  return {
    ...runs,
    wait: runs.now && (await waitOf(runs.now, row)),
    hold: since && { since, until: new Date(since.getTime() + holdHours * 3_600_000) },
    wish: row.wish_by ? { by: row.wish_name ?? "", mine: row.wish_by === actor.userId } : null,
  };
}

async function waitOf(run: RunView, row: Row): Promise<SyncWait> {
  const [place] = run.state === "queued" ? await accountLess.syncPlace(run.id) : [];
  const seconds = secondsLeft(run, row, Number(place?.people ?? 0));
  const now = new Date(row.now).getTime();
  return {
    ahead: place?.ahead ?? 0,
    endsAt: seconds === null ? null : new Date(now + Math.ceil(seconds) * 1_000),
  };
}

/**
 * People still to be dealt with, those of runs before it among them, at the rate of the last complete runs; once all are
 * read, how far the run is tells it better.
 */
function secondsLeft(
  { state, startedAt, progress }: RunView,
  { last_total: total, rate, now }: Row,
  peopleAhead: number,
): number | null {
  if (progress.secondsLeft !== null) return progress.secondsLeft;
  if (!rate || total === null) return null;
  if (state === "queued") return (peopleAhead + total) / rate;
  const left = total / rate - (new Date(now).getTime() - (startedAt ?? new Date(now)).getTime()) / 1_000;
  return left > 0 ? left : null;
}
