import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { lockSeats } from "#lib/seats/lock-seats.ts";
import { leaveSeats, takeSeats } from "#lib/seats/write-managed.ts";
import { forFreshRows } from "../for-fresh-rows.ts";
import type { Changes } from "./changes-of.ts";

const noSeat = "No seat was left when this person's turn came. Nothing was changed.";

/**
 * Holds the account's seats until the range is committed. Of the people of a range who were to become managed those for
 * whom no seat is left are taken out of the plan, and their lines say so. True when there were any.
 */
export async function refuseSeatless(
  tx: Transaction,
  { lease, from }: Changes,
  wanted: number,
): Promise<boolean> {
  const { left } = await lockSeats(tx);
  if (left === null || left >= wanted) return false;
  const { runId } = lease;
  await forFreshRows(tx, () =>
    tx.execute(sql`
      with beyond as (
        select c.position from ${from} and c.action = 'manage' order by c.position offset ${left}),
      left_out as (
        delete from run_changes c using beyond b where c.run_id = ${runId} and c.position = b.position)
      update run_entries e set outcome = 'failed', reason = ${noSeat}
      from beyond b where e.run_id = ${runId} and e.position = b.position`),
  );
  return true;
}

/** The number of people changed: fewer than planned when somebody else has changed one meanwhile. */
export const manageUsers = async (tx: Transaction, { lease, run, from }: Changes): Promise<number> =>
  (
    await takeSeats(tx, sql`(select c.* from ${from} and c.action = 'manage')`, {
      name: run.requested_by_name,
      runId: lease.runId,
    })
  ).length;

export const unmanageUsers = async (tx: Transaction, { from }: Changes): Promise<number> =>
  (await leaveSeats(tx, sql`(select c.* from ${from} and c.action = 'unmanage')`)).length;
