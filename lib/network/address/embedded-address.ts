import { isIPv6 } from "node:net";

const mapped = "0:0:0:0:0:ffff"; // RFC 4291, 2.5.5.2
const translated = "64:ff9b:0:0:0:0"; // NAT64, RFC 6052

/** The IPv4 address that an IPv6 address stands for, mapped or behind NAT64; null when it is one of its own. */
export function embeddedAddress(address: string): string | null {
  const groups = groupsOf(address);
  if (groups === null || ![mapped, translated].includes(groups.slice(0, 6).join(":"))) return null;
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight groups, in lower case and without leading zeros. */
function groupsOf(address: string): string[] | null {
  const plain = address.split("%")[0] ?? "";
  if (!isIPv6(plain)) return null;
  // A URL writes every address in one way (https://url.spec.whatwg.org/#concept-ipv6-serializer).
  const [before = "", after] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split("::");
  const [head, tail] = [before, after ?? ""].map((part) => part.split(":").filter(Boolean)) as [
    string[],
    string[],
  ];
  return [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
}
