import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { lockAccount } from "#lib/db/lock-account.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { nextTimes } from "../schedule/next-times.ts";
import { type DirectorySettings, directorySettings, firstSettings } from "../settings.ts";
import { changesBetween } from "./changes-between.ts";

export type Step =
  | "connection"
  | "organizational-units"
  | "distribution-lists"
  | "users"
  | "protected"
  | "schedule"
  | "restored"
  | "imported";

export type Held = { id: string; version: number; settings: DirectorySettings };

/** Holds the account's directory, made where there is none yet, until the transaction ends. */
export async function holdDirectory(tx: Transaction, accountId: string): Promise<Held> {
  await lockAccount(tx, accountId);
  await tx.execute(sql`insert into directories (account_id) values (${accountId}) on conflict do nothing`);
  const [row] = await tx.execute<{ id: string; version: number; settings: unknown }>(sql`
    select d.id, d.version, v.settings from directories d
    left join directory_versions v on v.account_id = d.account_id and v.directory_id = d.id and v.number = d.version
    for update of d`);
  if (!row) throw new Error("the directory that was just made is not there");
  return { ...row, settings: row.settings ? directorySettings.parse(row.settings) : firstSettings };
}

/** The settings as they are from now on, as a version of their own; nothing where nothing has changed. */
export async function saveVersion(
  tx: Transaction,
  actor: UserActor,
  held: Held,
  settings: DirectorySettings,
  step: Step,
): Promise<number> {
  const changes = changesBetween(held.settings, settings);
  if (changes.length === 0 && held.version > 0) return held.version;
  const number = held.version + 1;
  await tx.execute(sql`
    insert into directory_versions (account_id, directory_id, number, settings, step, saved_by_name)
    values (${actor.accountId}, ${held.id}, ${number}, ${JSON.stringify(settings)}::jsonb, ${step}, ${actor.userName})`);
  const [next] = settings.schedule.enabled ? nextTimes(settings.schedule, new Date(), 1) : [];
  await tx.execute(sql`
    update directories set version = ${number}, next_scheduled_at = ${next?.toISOString() ?? null},
      last_good_at = coalesce(last_good_at, now()) where id = ${held.id}`);
  await recordEvent(tx, actor, {
    action: "directory.saved",
    subjectKind: "directory",
    subjectId: held.id,
    details: { version: number, step, changes },
  });
  return number;
}
