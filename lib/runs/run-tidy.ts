import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { forgetFile } from "./slice/forget-file.ts";
import type { Scope } from "./slice/lease.ts";

const atOnce = 50_000;

/** What a run needs until it has ended, besides its rows, which are deleted bit by bit. */
const staging = ["run_rows", "run_groups", "run_group_members"];

/** Deletes what an ended run no longer needs: its staging and its upload's pieces. Its report stays. */
export async function runTidy(scope: Scope, signal: AbortSignal): Promise<void> {
  let last = 0;
  while (!signal.aborted) {
    const from = last;
    last = await withAccount(scope, async (tx) => {
      const [run] = await tx.execute<{ last_position: number }>(sql`
        select last_position from runs where id = ${scope.runId} and tidied_at is null
          and (state in ('completed', 'failed', 'cancelled')
            or (state = 'planned' and mode = 'check' and planned_at < now() - interval '24 hours'))`);
      if (!run) return -1;
      await tx.execute(sql`delete from run_rows
        where run_id = ${scope.runId} and position > ${from} and position <= ${from + atOnce}`);
      return from + atOnce >= run.last_position ? -2 : from + atOnce;
    });
    if (last < 0) break;
  }
  if (last === -2) await deletePieces(scope);
}

const deletePieces = (scope: Scope) =>
  withAccount(scope, async (tx) => {
    for (const table of staging)
      await tx.execute(
        sql`delete from ${sql.raw(table)} where account_id = ${scope.accountId} and run_id = ${scope.runId}`,
      );
    await forgetFile(tx, scope.runId);
    await tx.execute(sql`update runs set tidied_at = now() where id = ${scope.runId}`);
  });
