import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isHttps } from "./base-url.ts";

/** For what is no page: files, exports, refusals, Next's own redirects. Pages put their own in its place. */
const nothingButItself = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** From now on every answer of this process, whatever makes it, can be framed by nobody and stays on https. */
export function headAnswers(): void {
  const https = isHttps();
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    response.setHeader("content-security-policy", nothingButItself);
    // Files of the build say themselves for how long they may be kept; all else belongs to whoever asked.
    if (!isPublicFile(request)) response.setHeader("cache-control", "private, no-store");
    if (https) response.setHeader("strict-transport-security", "max-age=63072000; includeSubDomains");
  });
}

const isPublicFile = ({ url }: IncomingMessage): boolean =>
  /^\/(_next\/static\/|icon\.svg$|import-template\.csv$)/.test(url ?? "");
