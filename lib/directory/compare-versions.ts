import { changesBetween, type SettingChange } from "./connection/changes-between.ts";
import type { DirectorySettings } from "./settings.ts";

export type { SettingChange };

/** What is not alike in two sets of settings. */
export const compareVersions = (before: DirectorySettings, after: DirectorySettings): SettingChange[] =>
  changesBetween(before, after);
