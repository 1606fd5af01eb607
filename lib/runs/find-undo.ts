import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import { type Row, selectRuns, toRunView } from "./report/read-run.ts";
import type { RunView } from "./run-view.ts";
import { freshMinutes } from "./slice/start-planned.ts";

export type UndoFound = {
  undo: RunView;
  /** Planned, not too old, and the import has not gone on since: it can be carried out as it is. */
  confirmable: boolean;
  /** Of those whom it deletes, how many stay here as suspended. */
  suspended: number;
};

/** The undo of an import that is being planned, waits to be confirmed, or was carried out. */
export async function findUndo(actor: UserActor, runId: string): Promise<UndoFound | null> {
  authorize(actor, anyOf("undo"));
  return withAccount(actor, async (tx) => {
    const [row] = await tx.execute<Row>(
      selectRuns(
        sql`where r.undoes = ${runId} and r.state not in ('failed', 'cancelled') and ${openTo(actor, "undo")}`,
      ),
    );
    if (!row) return null;
    const undo = toRunView(row);
    const [more] = await tx.execute<{ confirmable: boolean; suspended: number }>(sql`
      select r.state = 'planned' and r.mode = 'check' and r.planned_at > now() - make_interval(mins => ${freshMinutes})
          and o.finished_at < r.planned_at as confirmable,
        case when o.activated > 0 then (select count(*)::int from run_changes c
          where c.run_id = r.id and c.action = 'suspend') else 0 end as suspended
      from runs r join runs o on o.account_id = r.account_id and o.id = r.undoes where r.id = ${undo.id}`);
    return { undo, confirmable: more?.confirmable === true, suspended: more?.suspended ?? 0 };
  });
}
