type Headers = Record<string, string>;

/**
 * Reads `retry-after` and the IETF `ratelimit-*` headers (https://resend.com/docs/api-reference/rate-limit): the limit of a
 * window of one second unless `ratelimit-policy` names another.
 */
export function readPace(headers: Headers, spacing: (requestsPerSecond: number) => number) {
  const limit = Number(headers["ratelimit-limit"]?.match(/\d+/)?.[0]);
  const windowSeconds = Number(headers["ratelimit-policy"]?.match(/w=(\d+)/)?.[1] ?? 1);
  const intervalMs = limit > 0 && windowSeconds > 0 ? spacing(limit / windowSeconds) : undefined;
  return { intervalMs, retryAfterMs: readRetryAfter(headers) };
}

const shortest = 1000;
const longest = 3_600_000;

function readRetryAfter(headers: Headers): number {
  const text = headers["retry-after"] ?? headers["ratelimit-reset"] ?? "1";
  const milliseconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(milliseconds)
    ? Math.ceil(Math.min(Math.max(milliseconds, shortest), longest))
    : shortest;
}
