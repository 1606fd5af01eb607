import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { headers } from "next/headers";
import { clientAddress } from "#lib/network/client-address.ts";
import { networkList } from "#lib/network/network-list.ts";

/** Pages see headers and no socket, so it comes to them as a header; what a client sends under this name is overwritten. */
const clientHeader = "x-rollcall-client";

// The web server bundles pages apart, so one process may load this module more than once.
const holder = globalThis as typeof globalThis & { rollcallClientMark?: string };

/** Only this process knows it, so a header that passed by the hook (before the hook was there) counts for nothing. */
function mark(): string {
  holder.rollcallClientMark ??= randomUUID();
  return holder.rollcallClientMark;
}

/** From now on every request that this process takes carries the address that it comes from. */
export function tellClients(trustedProxies: string): void {
  const trusted = networkList(trustedProxies);
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const forwarded = request.headers["x-forwarded-for"];
    const told = Array.isArray(forwarded) ? forwarded.join(",") : forwarded;
    const client = clientAddress(request.socket.remoteAddress, told, trusted);
    request.headers[clientHeader] = `${mark()} ${client ?? ""}`;
  });
}

/** The address that a request came from, or null where it is not known. */
export async function clientIp(): Promise<string | null> {
  const [sign, client] = ((await headers()).get(clientHeader) ?? "").split(" ");
  return sign === mark() && client ? client : null;
}
