import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import type { Removal, RunKind } from "../run-kind.ts";
import { keepWhile } from "./keep-while.ts";
import { current, inRange, type Lease } from "./lease.ts";
import { toWorkedRun } from "./worked-run.ts";

const nowThere = "In the directory after all when its removal was approved. Nothing was changed.";

/**
 * Approved removals are looked up once more before the first is carried out; who is there after all is left out. False: that
 * was broken off, and nothing may be carried out.
 */
export async function confirmRemovals(kind: RunKind, lease: Lease, isOver: () => boolean): Promise<boolean> {
  const run = toWorkedRun(lease, await current(lease));
  const removals = await withAccount(lease, (tx) =>
    tx.execute<Removal>(sql`
      select c.position, u.external_id as "externalId" from run_changes c
      join users u on u.account_id = c.account_id and u.id = c.user_id
      where c.run_id = ${lease.runId} and c.action = 'suspend' and u.external_id is not null order by c.position`),
  );
  const asking = new AbortController();
  const keeping = keepWhile(lease, asking, isOver);
  let kept: number[];
  try {
    kept = await (kind.confirm?.(run, [...removals], asking.signal) ?? []);
  } catch (error) {
    if (asking.signal.aborted) return false;
    throw error;
  } finally {
    clearInterval(keeping);
  }
  if (kept.length > 0) await leaveOut(lease, kept);
  return true;
}

const leaveOut = (lease: Lease, kept: number[]): Promise<void> =>
  inRange(lease, async (tx) => {
    const these = sql`run_id = ${lease.runId} and position = any (${sql.param(kept)}::int[])`;
    await tx.execute(sql`delete from run_changes where ${these} and action = 'suspend'`);
    await tx.execute(
      sql`update run_entries set outcome = 'skipped', reason = ${nowThere} where ${these} and outcome = 'waiting'`,
    );
  });
