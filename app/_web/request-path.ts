import { headers } from "next/headers";

/** Set by proxy.ts on every request that renders or acts; what a client sends under this name is overwritten there. */
export const requestPathHeader = "x-rollcall-path";

/** Path and query of the page being rendered or acted on. */
export async function requestPath(): Promise<string> {
  return (await headers()).get(requestPathHeader) ?? "/";
}

/** The slug in `/a/{slug}/…`, or null elsewhere. */
export function accountSlugOf(path: string): string | null {
  return /^\/a\/([a-z0-9-]{3,40})(?:[/?]|$)/.exec(path)?.[1] ?? null;
}
