import { describe, expect, test } from "vitest";
import { freePort } from "#bin/local/free-port.ts";
import { tryConnection } from "#lib/directory/connection/try-connection.ts";
import { networkList } from "#lib/network/network-list.ts";
import { connectionTo, loopback } from "#tests/support/ldap/connection-to.ts";

describe("what is closed, does not exist, refuses or is silent is told alike, after one time", () => {
  test.each<[string, () => Promise<Parameters<typeof tryConnection>[1]>, boolean]>([
    ["refused", async () => connectionTo(await freePort()), true],
    [
      "a closed network",
      async () => ({ ...connectionTo(389), host: "169.254.169.254", security: "ldaps" }),
      false,
    ],
    ["no such name", async () => ({ ...connectionTo(389), host: "nobody.invalid" }), true],
  ])("%s", async (_name, connection, isOpen) => {
    const began = performance.now();
    const network = isOpen ? loopback : { opened: networkList("") };
    const tried = await tryConnection(network, await connection(), "secret");
    expect(tried).toMatchObject({
      ok: false,
      sentence: expect.stringMatching(/^The server cannot be reached\./),
    });
    const ms = performance.now() - began;
    expect(ms).toBeGreaterThan(4_900);
    expect(ms).toBeLessThan(6_500);
  });
});
