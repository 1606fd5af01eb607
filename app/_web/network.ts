import type { Network } from "#lib/network/checked-addresses.ts";
import { networkList } from "#lib/network/network-list.ts";
import { settings } from "./settings.ts";

/** Where a host that an admin named may lie. */
export const network = (): Network => ({ opened: networkList(settings().ROLLCALL_ALLOW_NETWORKS) });
