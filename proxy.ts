import { type NextRequest, NextResponse } from "next/server";
import { baseUrl } from "#app/_web/base-url.ts";
import { contentSecurityPolicy } from "#app/_web/content-security-policy.ts";
import { flashCookie, flashHeader } from "#app/_web/flash.ts";
import { isSameOrigin } from "#app/_web/is-same-origin.ts";
import { needsNoOrigin, oneClickPath } from "#app/_web/needs-no-origin.ts";
import { requestPathHeader } from "#app/_web/request-path.ts";
import { foreignOriginSentence } from "#app/_web/require-same-origin.ts";

export function proxy(request: NextRequest): NextResponse {
  const { pathname: path } = request.nextUrl;
  if (
    changesState(request) &&
    !needsNoOrigin(request.method, path) &&
    !isSameOrigin(request.headers, baseUrl())
  ) {
    const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
    return new NextResponse(foreignOriginSentence, { status: 403, headers });
  }
  const policy = contentSecurityPolicy(crypto.randomUUID(), path);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set(requestPathHeader, path + request.nextUrl.search);
  // A page does not see a cookie that its own response takes away, so the message goes to it as a header.
  headers.set(flashHeader, request.cookies.get(flashCookie)?.value ?? "");
  const oneClick = oneClickPath(request.method, path);
  const response = oneClick
    ? NextResponse.rewrite(new URL(oneClick, request.url), { request: { headers } })
    : NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "private, no-store");
  if (isPageLoad(request) && request.cookies.has(flashCookie)) response.cookies.delete(flashCookie);
  return response;
}

function changesState(request: NextRequest): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(request.method);
}

function isPageLoad(request: NextRequest): boolean {
  return request.method === "GET" && request.headers.get("accept")?.includes("text/html") === true;
}

// Not the uploads: bodies that pass here are cut at 10 MB without an error. They guard their own origin.
export const config = {
  matcher: [
    "/((?!_next/static/|icon\\.svg$|import-template\\.csv$|a/[^/]+/enrollment/(?:import|bulk-invite)/upload/?$).*)",
  ],
};
