/**
 * Whether a request that changes state came from a page of this deployment. Only the configured base URL counts,
 * never the Host header, which the caller writes; a missing or "null" Origin is foreign.
 */
export function isSameOrigin(headers: Headers, baseUrl: string): boolean {
  return headers.get("origin") === new URL(baseUrl).origin;
}
