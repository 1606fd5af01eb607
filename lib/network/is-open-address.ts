import { type BlockList, isIP } from "node:net";
import { embeddedAddress } from "./address/embedded-address.ts";
import { isInNetworks, networkList } from "./network-list.ts";

/**
 * What is not the open internet (IANA's IPv4 Special-Purpose Address Registry, RFC 6890), and one address that
 * answers inside every machine of a cloud although it looks public: Azure's 168.63.129.16.
 */
const closed4 = networkList(
  `0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.0.0.0/24, 192.0.2.0/24,
  192.31.196.0/24, 192.52.193.0/24, 192.88.99.0/24, 192.168.0.0/16, 192.175.48.0/24, 198.18.0.0/15, 198.51.100.0/24,
  203.0.113.0/24, 224.0.0.0/4, 240.0.0.0/4, 168.63.129.16`,
);

/** Global unicast (RFC 4291); all else is loopback, link-local, private, multicast or unspecified. */
const open6 = networkList("2000::/3");

/** Within it what is not (IANA's IPv6 registry): protocol assignments with Teredo, documentation, 6to4. */
const closed6 = networkList("2001::/23, 2001:db8::/32, 2002::/16, 2620:4f:8000::/48, 3fff::/20");

/**
 * Whether a connection that an account's admin asks for may go to this address: the open internet, and what the
 * operator's list opens besides. An IPv4 address inside an IPv6 one (mapped, NAT64) counts as itself.
 */
export function isOpenAddress(address: string, opened: BlockList): boolean {
  if (isInNetworks(opened, address)) return true;
  if (isIP(address) === 4) return !isInNetworks(closed4, address);
  const inside = embeddedAddress(address);
  if (inside !== null) return isOpenAddress(inside, opened);
  return isInNetworks(open6, address) && !isInNetworks(closed6, address);
}
