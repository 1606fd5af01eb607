import { isIP } from "node:net";
import { ipv6Groups } from "./address/ipv6-groups.ts";

/** What one subscriber holds: an IPv4 address, or the /64 of an IPv6 address, within which they choose freely. */
export function homeNetwork(address: string): string {
  if (isIP(address) !== 6) return address;
  return `${ipv6Groups(address)?.slice(0, 4).join(":")}::/64`;
}
