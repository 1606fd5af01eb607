import { existsSync, readFileSync } from "node:fs";

/** The last lines of a log, for a sentence that says why something did not start. */
export function logTail(file: string, lines = 15): string {
  if (!existsSync(file)) return "(empty)";
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n") || "(empty)";
}
