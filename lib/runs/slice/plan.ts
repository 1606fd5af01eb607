import { sql } from "drizzle-orm";
import { sqlState } from "#lib/db/sql-state.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { joinedBy, wayFor } from "../joins.ts";
import type { RunKind } from "../run-kind.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { forFreshRows } from "./for-fresh-rows.ts";
import { inRange, keptLease, type Lease, type RunRow } from "./lease.ts";
import { planSettings } from "./plan-settings.ts";
import { supersedeWaiting } from "./removals.ts";
import { toWorkedRun } from "./worked-run.ts";

/** Entries that are applied together. */
export const rangeSize = 40_000;

/** Entries that are planned together. Each range reads the account's people once, so large runs have larger ranges. */
const planSize = (entries: number) => Math.min(Math.max(100_000, Math.ceil(entries / 5)), 200_000);

/** Of an account, one run at a time plans or applies. False: another one does, or came first; wait. */
export async function takeLane(lease: Lease, state: "planning" | "applying"): Promise<boolean> {
  try {
    return await withAccount(lease, async (tx) => {
      const taken = await tx.execute(sql`
        update runs r set state = ${state}, applying_at = case when ${state} = 'applying' then now() end
        where r.id = ${lease.runId} and r.lease = ${lease.token} and not exists (
          select from runs o where o.account_id = r.account_id and o.id <> r.id and (
            o.state in ('planning', 'applying') or (o.state = 'reading' and o.read_at < r.read_at)))
        returning r.id`);
      if (taken.length > 0 && state === "applying") await supersedeWaiting(tx, lease);
      return taken.length > 0;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/** Plans the next range. True when all is planned. */
export function planNextRange(kind: RunKind, lease: Lease): Promise<boolean> {
  return inRange(lease, async (tx, run) => {
    const to = Math.min(run.planned_to + planSize(run.last_position), run.last_position);
    await tx.execute(sql`set local work_mem = '128MB'`);
    // Looking people up line by line looks dear enough to the planner to compile the statement, which gains nothing.
    await tx.execute(sql`set local jit = off`);
    const plan = kind.plan(toWorkedRun(lease, run), { from: run.planned_to, to });
    const isShort = wayFor(to - run.planned_to) === "index";
    for (const statement of isShort ? joinedBy("index", [plan]) : [plan]) await tx.execute(statement);
    await tx.execute(sql`update runs set planned_to = ${to}, ${keptLease} where id = ${lease.runId}`);
    return to >= run.last_position;
  });
}

/** After the last range: a check stops here, an applied run goes on. */
export function endPlanning(kind: RunKind, lease: Lease): Promise<RunRow["state"]> {
  return inRange(lease, async (tx, run) => {
    await forFreshRows(tx, async () => {
      for (const statement of kind.hint?.(toWorkedRun(lease, run)) ?? []) await tx.execute(statement);
    });
    await countOutcomes(tx, lease.runId);
    const state = run.mode === "check" ? "planned" : "applying";
    await tx.execute(sql`
      update runs set state = ${state}, planned_at = now(), planned_under = ${planSettings}, applying_at = case when ${state} = 'applying' then now() end,
        lease = case when ${state} = 'planned' then null else lease end
      where id = ${lease.runId}`);
    if (state === "applying") await supersedeWaiting(tx, lease);
    return state;
  });
}

const isUniqueViolation = (error: unknown) => sqlState(error) === "23505";
