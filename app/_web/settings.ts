import { readSettings, type Settings } from "#lib/env/settings.ts";

let read: Settings<"web"> | undefined;

/** The web process's settings, read and checked once. Throws SettingsError. */
export function settings(): Settings<"web"> {
  read ??= readSettings("web", process.env);
  return read;
}
