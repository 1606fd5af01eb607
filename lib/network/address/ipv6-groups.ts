import { isIPv6 } from "node:net";

/** The eight groups, in lower case and without leading zeros; null when it is no IPv6 address. */
export function ipv6Groups(address: string): string[] | null {
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
