import { BlockList, isIP } from "node:net";

/** A comma-separated list of networks as addresses or in CIDR notation, `10.1.0.0/16, ::1`. Throws on anything else. */
export function networkList(text: string): BlockList {
  const list = new BlockList();
  for (const part of text.split(",").map((each) => each.trim())) if (part) addNetwork(list, part);
  return list;
}

export function isNetworkList(text: string): boolean {
  try {
    networkList(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether the address, in any way of writing it, is in the list; what is no address is in none. */
export function isInNetworks(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(withoutZone(address), version === 4 ? "ipv4" : "ipv6");
}

function addNetwork(list: BlockList, part: string): void {
  const [address = "", bits, ...rest] = part.split("/");
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (version === 0 || rest.length > 0 || !(prefix <= most)) throw new Error(`"${part}" is no network`);
  list.addSubnet(withoutZone(address), prefix, version === 4 ? "ipv4" : "ipv6");
}

const withoutZone = (address: string): string => address.split("%")[0] ?? "";
