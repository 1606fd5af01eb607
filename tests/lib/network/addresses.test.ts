import { describe, expect, test } from "vitest";
import { isOpenAddress } from "#lib/network/is-open-address.ts";
import { isInNetworks, isNetworkList, networkList } from "#lib/network/network-list.ts";

const none = networkList("");

test.each([
  ["unspecified", ["0.0.0.0", "::", "0.1.2.3"]],
  ["loopback", ["127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1"]],
  ["link-local", ["169.254.0.1", "fe80::1", "fe80::1%eth0", "febf::1"]],
  [
    "private",
    ["10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "fc00::1", "fdff::1"],
  ],
  ["shared by carriers", ["100.64.0.1", "100.127.255.255"]],
  ["multicast and broadcast", ["224.0.0.1", "239.255.255.255", "255.255.255.255", "240.0.0.1", "ff02::1"]],
  [
    "metadata of clouds",
    ["169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"],
  ],
  [
    "IPv4 in IPv6: mapped",
    ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:a9fe:a9fe", "0:0:0:0:0:ffff:10.0.0.1"],
  ],
  ["IPv4 in IPv6: compatible, translated", ["::127.0.0.1", "::7f00:1", "::ffff:0:127.0.0.1"]],
  ["IPv4 in IPv6: NAT64", ["64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1"]],
  ["IPv4 in IPv6: 6to4, Teredo", ["2002:7f00:1::1", "2002:0808:0808::1", "2001:0:7f00:1::1"]],
  [
    "documentation and benchmarks",
    ["192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "2001:db8::1", "3fff::1"],
  ],
  ["no address at all", ["", "localhost", "1", "2130706433", "0x7f.1", "127.1", "[::1]", "10.0.0.1/8"]],
])("closed: %s", (_kind, addresses) => {
  expect(addresses.filter((address) => isOpenAddress(address, none))).toEqual([]);
});

test("the open internet is open, also where only IPv6 leads to it", () => {
  const open = [
    "8.8.8.8",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.0.1",
    "11.0.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
  ];
  const translated = ["64:ff9b::808:808", "::ffff:8.8.8.8"];
  expect([...open, ...translated].filter((address) => !isOpenAddress(address, none))).toEqual([]);
});

describe("the operator's list", () => {
  const opened = networkList("10.1.0.0/16, 127.0.0.1, ::1,fd12::/32");

  test("opens what it names and nothing beside it", () => {
    const now = ["10.1.2.3", "127.0.0.1", "::1", "fd12::9", "::ffff:10.1.2.3", "64:ff9b::a01:203"];
    expect(now.filter((address) => !isOpenAddress(address, opened))).toEqual([]);
    const still = ["10.2.0.1", "127.0.0.2", "fd13::1", "169.254.169.254", "::ffff:10.2.0.1"];
    expect(still.filter((address) => isOpenAddress(address, opened))).toEqual([]);
  });

  test.each([
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0/8",
    "::/129",
    "10.0.0.0/8/8",
    "localhost",
    "*",
    "10.0.0.0/-1",
    "10.0.0.0/8 x",
  ])("%j is no network", (text) => {
    expect(isNetworkList(text)).toBe(false);
  });

  test("may be empty, and then holds nothing", () => {
    expect(isNetworkList("")).toBe(true);
    expect(isNetworkList(" , ")).toBe(true);
    expect(isInNetworks(networkList(""), "127.0.0.1")).toBe(false);
  });
});
