const codes = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "ECONNRESET",
  "EPIPE",
]);

/** The error, or one that it was caused by, says that the connection is no more. */
export function isConnectionLost(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code, severity } = at as { code?: string; severity?: string };
    if (severity === "FATAL" || severity === "PANIC" || (code && codes.has(code))) return true;
  }
  return false;
}
