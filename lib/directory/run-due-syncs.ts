import { sql } from "drizzle-orm";
import { systemActor } from "#lib/authorization/actor.ts";
import { permissions } from "#lib/authorization/permissions.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { requestTargetRun } from "#lib/runs/request-target-run.ts";
import { requestManual } from "./request-sync.ts";
import { nextTimes } from "./schedule/next-times.ts";
import { type Held, holdTarget, holdUntil } from "./sync/target.ts";
import { tellOverdue } from "./sync/tell-admins.ts";

const hour = 3_600_000;
const day = 24 * hour;
/** A complete reading as fresh as this is enough for telling who is missing. */
const fullFor = 20 * hour;

/** Asks for the syncs that are due: by schedule, by the week, and at the end of a hold; and tells of those that do not come. */
export async function runDueSyncs({ holdHours }: { holdHours: number }): Promise<void> {
  const failures: unknown[] = [];
  // What is wrong with one account's directory keeps no other from its sync.
  for (const { account_id: accountId } of await accountLess.dueSyncs(holdHours))
    await withAccount({ accountId }, (tx) => askWhatIsDue(tx, accountId, holdHours)).catch((error) =>
      failures.push(error),
    );
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} accounts' syncs were not asked for`);
}

async function askWhatIsDue(tx: Transaction, accountId: string, holdHours: number): Promise<void> {
  const held = await holdTarget(tx);
  if (!held) return;
  const now = await clock(tx);
  if (held.wish && now >= (holdUntil(held, holdHours) ?? now))
    await grantWish(tx, accountId, held, holdHours);
  if (held.nextScheduledAt && now >= held.nextScheduledAt) await runScheduled(tx, accountId, held, now);
  const since = now.getTime() - (held.lastGoodAt ?? now).getTime();
  if (held.settings.weekly && held.ready && since >= 7 * day) await runWeekly(tx, accountId, held, now);
  const { alertDays } = held.settings;
  if (held.ready && alertDays !== null && held.alertedAt === null && since >= alertDays * day)
    await tellOverdue(tx, accountId, held.id, alertDays);
}

const clock = async (tx: Transaction): Promise<Date> => {
  const [row] = await tx.execute<{ now: string }>(sql`select now() as now`);
  return new Date(row?.now as string);
};

/** As the person who wished it, if they still may; whether it begins is told by the run, or by its absence, where it cannot. */
async function grantWish(tx: Transaction, accountId: string, held: Held, holdHours: number): Promise<void> {
  await tx.execute(sql`
    update directories set at_hold_end_by = null, at_hold_end_by_name = null where id = ${held.id}`);
  const [able] = await tx.execute(sql`
    select 1 from users u join role_holders h on h.account_id = u.account_id and h.user_id = u.id
    join roles r on r.account_id = h.account_id and r.id = h.role_id
    where u.id = ${held.wish?.userId} and u.status in ('active', 'signed_up')
      and (r.kind in ('owner', 'admin') or ${permissions["directory.sync"]} = any (r.privileges)) limit 1`);
  if (!able || !held.wish) return;
  await requestManual(tx, { kind: "user", accountId, ...held.wish }, { mode: "apply", holdHours });
}

async function runScheduled(tx: Transaction, accountId: string, held: Held, now: Date): Promise<void> {
  const { schedule } = held.settings;
  const [next] = schedule.enabled ? nextTimes(schedule, now, 1) : [];
  await tx.execute(
    sql`update directories set next_scheduled_at = ${next?.toISOString() ?? null} where id = ${held.id}`,
  );
  if (held.ready) await ask(tx, accountId, held, "scheduled", now);
}

/** One that has failed is not tried again at once. */
async function runWeekly(tx: Transaction, accountId: string, held: Held, now: Date): Promise<void> {
  const [recent] = await tx.execute(sql`
    select 1 from runs where target = ${held.id} and (requested_at > now() - interval '6 hours' and trigger <> 'manual'
      or state in ('queued', 'reading', 'planning', 'applying')) limit 1`);
  if (!recent) await ask(tx, accountId, held, "weekly", now);
}

const ask = (tx: Transaction, accountId: string, held: Held, trigger: "scheduled" | "weekly", now: Date) =>
  requestTargetRun(
    tx,
    systemActor(accountId, trigger === "weekly" ? "weekly sync" : "schedule"),
    {
      kind: "directory_sync",
      mode: "apply",
      trigger,
      target: held.id,
      settingsVersion: held.version,
      span: held.lastFullAt && now.getTime() - held.lastFullAt.getTime() < fullFor ? "incremental" : "full",
    },
    sql`true`,
  );
