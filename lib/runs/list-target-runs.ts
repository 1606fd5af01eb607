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
  /** Waits or executes; of a weekly one nothing is said. */
  now: RunView | null;
  attempted: RunView | null;
  completed: RunView | null;
  /** Planned, and not yet applied. */
  preview: RunView | null;
};

const which: Record<keyof TargetRuns, string> = {
  now: "(r.state in ('queued', 'reading', 'planning', 'applying') or (r.state = 'planned' and r.mode = 'apply'))",
  attempted: "r.mode = 'apply' and r.state <> 'queued'",
  completed: "r.mode = 'apply' and r.state = 'completed'",
  preview: "r.mode = 'check' and r.state = 'planned'",
};

/** In one exchange; weekly runs, which nobody is to notice, are left out. */
export async function listTargetRuns(actor: Actor, target: string): Promise<TargetRuns> {
  authorize(actor, anyOf("view"));
  const of = (condition: string): SQL =>
    selectRuns(sql`where r.account_id = ${actor.accountId} and r.target = ${target}::uuid and r.trigger <> 'weekly'
      and ${sql.raw(condition)} and ${openTo(actor, "view")} order by r.id desc limit 1`);
  const [now, attempted, completed, preview] = await readAccount<[Row, Row, Row, Row]>(
    actor,
    of(which.now),
    of(which.attempted),
    of(which.completed),
    of(which.preview),
  );
  const first = ([row]: Row[]) => (row ? toRunView(row) : null);
  return {
    now: first(now),
    attempted: first(attempted),
    completed: first(completed),
    preview: first(preview),
  };
}
