import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { listTargetRuns, type TargetRuns } from "#lib/runs/list-target-runs.ts";
import type { RunView } from "#lib/runs/run-view.ts";

export type SyncState = TargetRuns & {
  /** Of the run under way: runs of all accounts before it, and seconds until it ends; null: cannot be told. */
  wait: { ahead: number; seconds: number | null } | null;
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
};

const nothing: SyncState = {
  now: null,
  attempted: null,
  completed: null,
  preview: null,
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
        d.at_hold_end_by as wish_by, d.at_hold_end_by_name as wish_name, d.last_total, (
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
    wait: runs.now ? await waitOf(runs.now, row) : null,
    hold: since && { since, until: new Date(since.getTime() + holdHours * 3_600_000) },
    wish: row.wish_by ? { by: row.wish_name ?? "", mine: row.wish_by === actor.userId } : null,
  };
}

/** People that are still to be read, its own and those of runs before it, at the rate of the last complete runs. */
async function waitOf(
  now: RunView,
  { last_total: total, rate }: Row,
): Promise<NonNullable<SyncState["wait"]>> {
  const [place] = now.state === "queued" ? await accountLess.syncPlace(now.id) : [];
  const ahead = place?.ahead ?? 0;
  if (!rate || total === null) return { ahead, seconds: null };
  const own = now.state === "queued" ? total : Math.max(0, total - now.counts.rows);
  return { ahead, seconds: Math.max(1, Math.ceil((Number(place?.people ?? 0) + own) / rate)) };
}
