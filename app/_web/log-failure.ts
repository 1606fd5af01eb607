import { randomUUID } from "node:crypto";
import pino from "pino";
import { settings } from "./settings.ts";

/** Writes an error to the log. Returns the reference by which the person who sees the failure can name it. */
export function logFailure(what: string, error: unknown): string {
  const reference = randomUUID();
  pino({ level: settings().LOG_LEVEL }).error({ reference, err: error }, what);
  return reference;
}
