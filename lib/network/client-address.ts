import { type BlockList, isIP } from "node:net";
import { isInNetworks } from "./network-list.ts";

/**
 * Whom a request comes from: the peer of the connection; where that is a trusted proxy, the last address in its
 * X-Forwarded-For that is none. What stands left of it was written by whoever asked. Null when there is no peer.
 */
export function clientAddress(
  peer: string | undefined,
  forwarded: string | undefined,
  trusted: BlockList,
): string | null {
  let client = plainAddress(peer ?? "");
  const told = (forwarded ?? "").split(",").reverse();
  for (const each of told) {
    const address = plainAddress(each.trim());
    if (client === null || address === null || !isInNetworks(trusted, client)) break;
    client = address;
  }
  return client;
}

/** Without port, brackets and zone, and an IPv4 address in IPv6 as itself; null when it is no address. */
function plainAddress(text: string): string | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.split("%")[0] ?? "";
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address;
  return isIP(mapped) ? mapped : null;
}
