import type { DrillDoor } from "#lib/directory/find-drill.ts";
import { settings } from "./settings.ts";

/** Of the sample directory, in local mode; elsewhere there is none. */
export function drillDoor(): DrillDoor {
  const { ROLLCALL_MODE: mode, ROLLCALL_DRILL_URL: url, ROLLCALL_DRILL_TOKEN: token } = settings();
  return mode === "local" && url && token ? { url, token } : null;
}
