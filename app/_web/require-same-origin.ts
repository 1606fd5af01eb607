import { baseUrl } from "#app/_web/base-url.ts";
import { isSameOrigin } from "#app/_web/is-same-origin.ts";

export const foreignOriginSentence =
  "This request did not come from a page of Rollcall, so nothing was done. Open the page again and retry.";

/** For route handlers, on their first line: the answer that refuses a foreign request, or null for one of ours. */
export function requireSameOrigin(request: Request): Response | null {
  if (isSameOrigin(request.headers, baseUrl())) return null;
  return new Response(foreignOriginSentence, {
    status: 403,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}
