import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { type Row, selectRuns, toRunView } from "./report/read-run.ts";
import type { RunView } from "./run-view.ts";

/** The import that this person asked for last, within a day; what they find when they come back to the page. */
export async function findLatestImport(actor: UserActor): Promise<RunView | null> {
  authorize(actor, "imports.view");
  const [row] = await withAccount(actor, (tx) =>
    tx.execute<Row>(
      selectRuns(sql`where r.account_id = ${actor.accountId} and r.kind = 'import' and r.requested_by = ${actor.userId}
        and r.requested_at > now() - interval '1 day' order by r.id desc limit 1`),
    ),
  );
  return row ? toRunView(row) : null;
}
