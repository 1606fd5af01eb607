import { ipv6Groups } from "./ipv6-groups.ts";

const mapped = "0:0:0:0:0:ffff"; // RFC 4291, 2.5.5.2
const translated = "64:ff9b:0:0:0:0"; // NAT64, RFC 6052

/** The IPv4 address that an IPv6 address stands for, mapped or behind NAT64; null when it is one of its own. */
export function embeddedAddress(address: string): string | null {
  const groups = ipv6Groups(address);
  if (groups === null || ![mapped, translated].includes(groups.slice(0, 6).join(":"))) return null;
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
