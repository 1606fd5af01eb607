import { afterAll, beforeAll, expect, test } from "vitest";
import { AddressRefused, checkedAddresses, type Network } from "#lib/network/checked-addresses.ts";
import { networkList } from "#lib/network/network-list.ts";
import { startDnsServer } from "#tests/support/dns-server.ts";

const answers: Record<string, string[]> = {
  "public.test": ["93.184.216.34", "2606:2800:220:1::1"],
  "loopback.test": ["127.0.0.1"],
  "mixed.test": ["93.184.216.34", "127.0.0.1"],
  "mapped.test": ["::ffff:127.0.0.1"],
  "metadata.test": ["169.254.169.254"],
};
let dns: Awaited<ReturnType<typeof startDnsServer>>;
let closed: Network;

beforeAll(async () => {
  dns = await startDnsServer((host) => answers[host] ?? []);
  closed = { opened: networkList(""), resolve: dns.resolve };
});

afterAll(() => dns.stop());

test("every address of an open one is given", async () => {
  expect(await checkedAddresses(closed, "public.test")).toEqual([
    { address: "93.184.216.34", family: 4 },
    { address: "2606:2800:220:1::1", family: 6 },
  ]);
});

test.each(["loopback.test", "mixed.test", "mapped.test", "metadata.test", "127.0.0.1", "::1", "10.0.0.1"])(
  "%s is refused",
  async (host) => {
    await expect(checkedAddresses(closed, host)).rejects.toThrow(AddressRefused);
  },
);

test.each(["localhost", "0x7f.1", "2130706433", "0177.0.0.1", "127.1"])(
  "the system's own lookup reads %s as this machine or not at all; refused either way",
  async (host) => {
    await expect(checkedAddresses({ opened: networkList("") }, host)).rejects.toThrow();
  },
);
