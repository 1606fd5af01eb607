import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server } from "node:http";

const inAll = { uploadMs: 60 * 60_000, otherMs: 60_000 };

/**
 * How long a request may take to arrive. Node allows every one 5 minutes, which 512 MiB over a line of 10 Mbit/s exceed:
 * it would be cut off with an empty 408. Next starts the server, so it is met at its first request.
 */
export function timeBodies({ uploadMs, otherMs } = inAll): void {
  subscribe("http.server.request.start", (message) => {
    const { request, server } = message as { request: IncomingMessage; server: Server };
    server.requestTimeout = uploadMs;
    if (!hasBody(request) || isUpload(request)) return;
    const timer = setTimeout(() => request.complete || request.destroy(), otherMs).unref();
    request.once("close", () => clearTimeout(timer));
  });
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;

const isUpload = ({ url }: IncomingMessage): boolean =>
  /^\/a\/[^/]+\/enrollment\/(?:import|bulk-invite)\/upload\/?$/.test(url ?? "");
