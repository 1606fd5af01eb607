import { DirectoryConnection } from "#lib/directory/ldap/connection.ts";
import type { Security } from "#lib/directory/ldap/open-socket.ts";
import { networkList } from "#lib/network/network-list.ts";

type Server = { port: number; tlsPort: number; ca: string };
type Line = { security?: Security; bindDn: string; password: string; pageSize?: number; ca?: string | null };

/** A line of the product's own reader to a server of the tests. */
export const openLine = (server: Server, { security = "ldaps", bindDn, password, pageSize, ca }: Line) =>
  DirectoryConnection.open(
    { opened: networkList("127.0.0.1") },
    {
      host: "127.0.0.1",
      port: security === "ldaps" ? server.tlsPort : server.port,
      security,
      ca: security === "none" ? null : ca === undefined ? server.ca : ca,
    },
    { bindDn, password },
    { operationMs: 20_000, ...(pageSize ? { pageSize } : {}) },
  );

/** All that a search finds, with how many pages it came in. */
export async function readAll(
  line: DirectoryConnection,
  search: Parameters<DirectoryConnection["pages"]>[0],
) {
  const entries = [];
  let pages = 0;
  for await (const page of line.pages(search)) {
    entries.push(...page.entries);
    pages += 1;
  }
  return { entries, pages };
}
