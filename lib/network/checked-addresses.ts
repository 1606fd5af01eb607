import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { type BlockList, isIP } from "node:net";
import { isOpenAddress } from "./is-open-address.ts";
import { isInNetworks } from "./network-list.ts";

export type Network = {
  /** The operator's list, which opens networks besides the internet. */
  opened: BlockList;
  /** That list alone counts: for what is not encrypted. */
  openedOnly?: boolean;
  /** Another way to ask for a name than the system's. */
  resolve?: (host: string) => Promise<LookupAddress[]>;
};

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
  if (addresses.length === 0 || !addresses.every(({ address }) => isOpen(network, address)))
    throw new AddressRefused(host);
  return addresses;
}

const resolved = ({ resolve }: Network, host: string): Promise<LookupAddress[]> =>
  resolve ? resolve(host) : lookup(host, { all: true });

const isOpen = ({ opened, openedOnly }: Network, address: string): boolean =>
  openedOnly ? isInNetworks(opened, address) : isOpenAddress(address, opened);
