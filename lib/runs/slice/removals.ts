import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { RunKind, WorkedRun } from "../run-kind.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { forFreshRows } from "./for-fresh-rows.ts";
import { inRange, type Lease } from "./lease.ts";
import { toWorkedRun } from "./worked-run.ts";

/**
 * How many of `people` a run may remove without being asked: min(max(10, percent), max(2, 20 %)), and nobody where
 * the percentage is 0.
 */
export function removalBound(people: number, percent: number): number {
  if (percent === 0) return 0;
  return Math.min(
    Math.max(10, Math.floor((people * percent) / 100)),
    Math.max(2, Math.floor((people * 20) / 100)),
  );
}

/** A line that is decided about is written anew, 3 s for 100,000 (measured): of a large file longer than a page may wait. */
const forManyLines = sql`set local statement_timeout = '5min'`;

type Removals = { removals: number; people: number; percent: number | null; over: boolean };

/**
 * Looks at the plan alone, before anything of it is applied: removals over the bound wait for approval, the rest goes
 * on. `percent`: the operator's; the stricter of it and the account's counts.
 */
export function guardPlan(kind: RunKind, lease: Lease, percent: number): Promise<void> {
  return inRange(lease, (tx, run) =>
    forFreshRows(tx, () => guard(tx, kind.guard ?? ofFiles, toWorkedRun(lease, run), percent)),
  );
}

const ofFiles: NonNullable<RunKind["guard"]> = {
  people: sql`select count(*)::int from users where status not in ('suspended', 'deleted')`,
  isOver: () => sql`false`,
  waits: "Waits for approval: more people would be removed than a file may remove by itself.",
};

type Guard = NonNullable<RunKind["guard"]>;

async function guard(tx: Transaction, { people, isOver, waits }: Guard, run: WorkedRun, percent: number) {
  const [plan] = await tx.execute<Removals>(sql`
    select count(*)::int as removals, (select removal_percent from accounts) as percent,
      case when count(*) > 0 then (${people}) else 0 end as people, count(*) > 0 and ${isOver(run)} as over
    from run_changes where run_id = ${run.id} and action = 'suspend'`);
  if (!plan || plan.removals === 0) return;
  const bound = removalBound(plan.people, Math.min(percent, plan.percent ?? 100));
  const mustWait =
    plan.over || plan.removals > bound || (plan.removals > 10 && (await emptiesAUnit(tx, run.id)));
  await tx.execute(sql`update runs set removal_bound = ${bound} where id = ${run.id}`);
  if (!mustWait) return;
  await tx.execute(forManyLines);
  // What a directory says of the person stays in front.
  await tx.execute(sql`
    update run_entries e set outcome = 'waiting', reason = concat_ws(' ', case when ${run.target}::uuid is not null then (
      select r.raw from run_rows r where r.account_id = c.account_id and r.run_id = c.run_id and r.position = c.position) end, ${waits}::text)
    from run_changes c where c.run_id = ${run.id} and c.action = 'suspend'
      and e.account_id = c.account_id and e.run_id = c.run_id and e.position = c.position`);
  await tx.execute(sql`update runs set removals = 'waiting' where id = ${run.id}`);
}

/** Whether an organizational unit or a group of more than 20 people would lose half of them. */
async function emptiesAUnit(tx: Transaction, runId: string): Promise<boolean> {
  const leaving = sql`(select user_id from run_changes where run_id = ${runId} and action = 'suspend') leaving`;
  const loses = sql`having count(*) > 20 and count(leaving.user_id) * 2 >= count(*)`;
  const emptied = await tx.execute(sql`
    (select 1 from users u left join ${leaving} on leaving.user_id = u.id
      where u.organizational_unit is not null and u.status not in ('suspended', 'deleted')
      group by u.organizational_unit ${loses} limit 1)
    union all
    (select 1 from group_members m join users u on u.id = m.user_id left join ${leaving} on leaving.user_id = u.id
      where u.status not in ('suspended', 'deleted') group by m.group_id ${loses} limit 1)`);
  return emptied.length > 0;
}

/** Removals that still wait, of the runs that `which` names, will not be done; each line says why. */
export async function dropWaiting(
  tx: Transaction,
  which: SQL,
  why: { removals: "discarded" | "superseded"; by?: string; reason: string },
): Promise<number> {
  const dropped = await tx.execute<{ id: string }>(sql`
    update runs r set removals = ${why.removals}, removals_decided_by = coalesce(${why.by ?? null}, removals_decided_by),
      removals_decided_at = now()
    where ${which} and r.removals in ('waiting', 'approved') returning r.id`);
  if (dropped.length > 0) await tx.execute(forManyLines);
  for (const { id } of dropped) {
    await tx.execute(sql`update run_entries set outcome = 'skipped', reason = ${why.reason}
      where run_id = ${id} and outcome = 'waiting'`);
    await countOutcomes(tx, id);
  }
  return dropped.length;
}

/**
 * Whoever asked for removals has been overtaken by a later run; one that only mends failed lines, or carries out removals
 * that were approved, is no later run.
 */
export const supersedeWaiting = (tx: Transaction, { runId }: Pick<Lease, "runId">) =>
  dropWaiting(
    tx,
    sql`r.removals = 'waiting' and r.id <> ${runId} and exists (select from runs later where later.id = ${runId}
      and later.kind = r.kind and later.mends is null and later.removals <> 'approved')`,
    {
      removals: "superseded",
      reason: "A later run of the same kind came before this removal was approved. Nobody was removed.",
    },
  );
