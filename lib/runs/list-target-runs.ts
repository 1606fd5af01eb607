import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import { type Row, selectRuns, toRunView } from "./report/read-run.ts";
import type { RunView } from "./run-view.ts";

/** The latest run of each kind of interest, of what keeps a target true. */
export type TargetRuns = {
  /** Executes, or waits where none does; of a weekly one nothing is said. */
  now: RunView | null;
  /** What somebody has asked for, where it waits behind another one. */
  waiting: RunView | null;
  attempted: RunView | null;
  completed: RunView | null;
  /** Planned, and not yet applied. */
  preview: RunView | null;
  /** The latest preview, where it came to nothing. */
  previewFailed: RunView | null;
};

const open =
  "(r.state in ('queued', 'reading', 'planning', 'applying') or (r.state = 'planned' and r.mode = 'apply'))";

const which: Record<keyof TargetRuns, string> = {
  now: open,
  waiting: "r.state = 'queued' and r.trigger = 'manual'",
  attempted: "r.mode = 'apply' and r.state <> 'queued'",
  completed: "r.mode = 'apply' and r.state = 'completed'",
  preview: "r.mode = 'check' and r.state = 'planned'",
  previewFailed: "r.mode = 'check' and r.state in ('planned', 'failed', 'cancelled', 'completed')",
};

/** In one exchange; weekly runs, which nobody is to notice, are left out. */
export async function listTargetRuns(actor: Actor, target: string): Promise<TargetRuns> {
  authorize(actor, anyOf("view"));
  const of = (condition: string): SQL =>
    selectRuns(sql`where r.account_id = ${actor.accountId} and r.target = ${target}::uuid and r.trigger <> 'weekly'
      and ${sql.raw(condition)} and ${openTo(actor, "view")} order by ${sql.raw(condition === open ? "r.state = 'queued'," : "")} r.id desc limit 1`);
  const [now, waiting, attempted, completed, preview, looked] = await readAccount<
    [Row, Row, Row, Row, Row, Row]
  >(
    actor,
    of(which.now),
    of(which.waiting),
    of(which.attempted),
    of(which.completed),
    of(which.preview),
    of(which.previewFailed),
  );
  const first = ([row]: Row[]) => (row ? toRunView(row) : null);
  const [running, next, latest] = [first(now), first(waiting), first(looked)];
  return {
    now: running,
    waiting: next && next.id !== running?.id ? next : null,
    attempted: first(attempted),
    completed: first(completed),
    preview: first(preview),
    previewFailed: latest?.state === "failed" ? latest : null,
  };
}
