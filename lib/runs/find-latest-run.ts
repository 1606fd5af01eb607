import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { operationsOfRuns } from "./operations-of-runs.ts";
import { type Row, selectRuns, toRunView } from "./report/read-run.ts";
import type { RunView } from "./run-view.ts";

/** The run of a kind that this person asked for last, within a day; what they find when they come back to its page. */
export async function findLatestRun(
  actor: UserActor,
  kind: "import" | "bulk_invite",
): Promise<RunView | null> {
  authorize(actor, operationsOfRuns.view[kind]);
  const [row] = await withAccount(actor, (tx) =>
    tx.execute<Row>(
      selectRuns(sql`where r.account_id = ${actor.accountId} and r.kind = ${kind} and r.requested_by = ${actor.userId}
        and r.requested_at > now() - interval '1 day' order by r.id desc limit 1`),
    ),
  );
  return row ? toRunView(row) : null;
}
