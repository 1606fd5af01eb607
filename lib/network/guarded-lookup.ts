import type { LookupFunction } from "node:net";
import { checkedAddresses, type Network } from "./checked-addresses.ts";

/**
 * For the `lookup` option of net, tls, http and https: the connection goes to an address that was checked. Node does not
 * ask it where the host is an address already: ask `checkedAddresses` then, or use `guardedAgent`.
 */
export const guardedLookup =
  (network: Network): LookupFunction =>
  (host, options, answer) => {
    checkedAddresses(network, host).then(
      (addresses) => {
        const wanted = addresses.filter(
          ({ family }) => !options.family || family === familyOf(options.family),
        );
        const [first] = wanted;
        if (!first) return answer(noSuchAddress(host), "", 0);
        if (options.all) answer(null, wanted);
        else answer(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => answer(error, "", 0),
    );
  };

const familyOf = (family: number | string): number =>
  family === "IPv4" ? 4 : family === "IPv6" ? 6 : Number(family);

const noSuchAddress = (host: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${host} has no address of that kind`), { code: "ENOTFOUND" });
