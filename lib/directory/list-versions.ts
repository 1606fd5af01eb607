import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { changesBetween, type SettingChange } from "./connection/changes-between.ts";
import type { Step } from "./connection/save-version.ts";
import { type DirectorySettings, directorySettings, firstSettings } from "./settings.ts";

/** `changes`: against the version before. `runs`: how many runs went by it. */
export type DirectoryVersion = {
  number: number;
  step: Step;
  savedBy: string;
  savedAt: Date;
  settings: DirectorySettings;
  changes: SettingChange[];
  runs: number;
};

type Row = {
  number: number;
  step: Step;
  saved_by_name: string;
  saved_at: string;
  settings: unknown;
  runs: number;
};

const most = 200;

/** The latest versions of the directory's settings, the newest first. */
export async function listVersions(actor: Actor): Promise<DirectoryVersion[]> {
  authorize(actor, "directory.view");
  const [rows] = await readAccount<[Row]>(
    actor,
    sql`
      select v.number, v.step, v.saved_by_name, v.saved_at, v.settings, (select count(*)::int from runs r
        where r.account_id = v.account_id and r.target = v.directory_id and r.settings_version = v.number) as runs
      from directory_versions v where v.account_id = ${actor.accountId} order by v.number desc limit ${most}`,
  );
  const all = rows.map((row) => ({ ...row, settings: directorySettings.parse(row.settings) }));
  return all.map((row, nth) => ({
    number: row.number,
    step: row.step,
    savedBy: row.saved_by_name,
    savedAt: new Date(row.saved_at),
    settings: row.settings,
    changes: changesBetween(all[nth + 1]?.settings ?? firstSettings, row.settings),
    runs: row.runs,
  }));
}
