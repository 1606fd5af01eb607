import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { type BlockList, isIP } from "node:net";
import { isOpenAddress } from "./is-open-address.ts";

/** `opened` is the operator's list; `resolve` another way to ask for a name than the system's. */
export type Network = { opened: BlockList; resolve?: (host: string) => Promise<LookupAddress[]> };

/** For the log. Its code is the one of a name that does not exist, which is all that a caller should tell. */
export class AddressRefused extends Error {
  readonly code = "ENOTFOUND";
  constructor(host: string) {
    super(`${host} leads into a closed network; ROLLCALL_ALLOW_NETWORKS opens what is meant`);
  }
}

/**
 * All addresses of a host, each of them checked; connect to one of these, and do not ask for the name again. A name
 * with one closed address among them is refused whole. Throws AddressRefused, or what the lookup throws.
 */
export async function checkedAddresses(network: Network, host: string): Promise<LookupAddress[]> {
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolved(network, host);
  const closed = addresses.some(({ address }) => !isOpenAddress(address, network.opened));
  if (closed || addresses.length === 0) throw new AddressRefused(host);
  return addresses;
}

const resolved = ({ resolve }: Network, host: string): Promise<LookupAddress[]> =>
  resolve ? resolve(host) : lookup(host, { all: true });
