import { expect, test } from "vitest";
import { clientAddress } from "#lib/network/client-address.ts";
import { homeNetwork } from "#lib/network/home-network.ts";
import { networkList } from "#lib/network/network-list.ts";

const proxies = networkList("10.0.0.0/8, fd00::/8, 127.0.0.1");

test.each<[string, string | undefined, string | undefined, string | null]>([
  ["no proxy: the peer, whatever it claims", "8.8.8.8", "1.1.1.1", "8.8.8.8"],
  ["no proxy, no claim", "8.8.8.8", undefined, "8.8.8.8"],
  ["a proxy tells", "10.0.0.1", "8.8.8.8", "8.8.8.8"],
  ["what the client wrote before it stays unread", "10.0.0.1", "1.1.1.1, 127.0.0.1, 8.8.8.8", "8.8.8.8"],
  ["through two proxies", "10.0.0.1", "1.1.1.1, 8.8.8.8, 10.0.0.2", "8.8.8.8"],
  ["somebody within the proxies' network", "10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"],
  ["a proxy that says nothing", "10.0.0.1", undefined, "10.0.0.1"],
  ["a proxy that says nonsense", "10.0.0.1", "8.8.8.8, unknown", "10.0.0.1"],
  ["nonsense behind the client", "10.0.0.1", "_hidden, 8.8.8.8", "8.8.8.8"],
  ["a port", "10.0.0.1", "8.8.8.8:4711", "8.8.8.8"],
  ["IPv6 with a port", "fd00::1", "[2001:db8::7]:4711", "2001:db8::7"],
  ["IPv4 in IPv6, as a socket for both names it", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "8.8.8.8"],
  ["no peer", undefined, "8.8.8.8", null],
  ["too long a list", "10.0.0.1", `${"1.1.1.1,".repeat(10_000)}8.8.8.8`, "8.8.8.8"],
])("%s", (_case, peer, forwarded, client) => {
  expect(clientAddress(peer, forwarded, proxies)).toBe(client);
});

test("without a configured proxy nobody is believed, loopback neither", () => {
  expect(clientAddress("127.0.0.1", "8.8.8.8", networkList(""))).toBe("127.0.0.1");
});

test.each([
  ["8.8.8.8", "8.8.8.8"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["::1", "0:0:0:0::/64"],
])("%s counts as %s", (address, home) => {
  expect(homeNetwork(address)).toBe(home);
});
