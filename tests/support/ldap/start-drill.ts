import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#bin/local/free-port.ts";
import { drillDoor } from "#bin/local/ldap/drill-door.ts";
import { DrillServer } from "#bin/local/ldap/drill-server.ts";
import { keepCertificates } from "#bin/local/ldap/keep-certificates.ts";
import { sampleDirectory, sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { DirectoryConnection } from "#lib/directory/ldap/connection.ts";
import type { Security } from "#lib/directory/ldap/open-socket.ts";
import { networkList } from "#lib/network/network-list.ts";
import { readerPassword } from "./start-directory.ts";

const token = "token-of-the-drill";

/** The directory of the fire drill and its door in this process, with 1,200 people: three pages of its own size. */
export async function startDrill() {
  const folder = mkdtempSync(join(tmpdir(), "drill-"));
  const certificates = keepCertificates(folder);
  const tree = sampleDirectory({ people: 1_200, password: readerPassword });
  const ports = { startTls: await freePort(), ldaps: await freePort() };
  const drill = new DrillServer({ tree, certificates, ports });
  await drill.play("normal");
  const entered = { host: "127.0.0.1", baseDn: sampleSuffix, bindDn: sampleReader, password: readerPassword };
  const door = drillDoor(drill, token, { ...entered, ports, ca: certificates.ca });
  await once(door.listen(0, "127.0.0.1"), "listening");
  return {
    drill,
    door: { url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`, token },
    ports,
    certificates,
    open: (security: Security) =>
      DirectoryConnection.open(
        { opened: networkList("127.0.0.1") },
        {
          host: "127.0.0.1",
          port: security === "ldaps" ? ports.ldaps : ports.startTls,
          security,
          ca: certificates.ca,
        },
        { bindDn: sampleReader, password: readerPassword },
        { operationMs: 10_000 },
      ),
    stop: async () => {
      door.closeAllConnections();
      door.close();
      await drill.play("outage");
      rmSync(folder, { recursive: true });
    },
  };
}

export type RunningDrill = Awaited<ReturnType<typeof startDrill>>;
