import { BlockList } from "node:net";
import { sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { saveConnection } from "#lib/directory/save-connection.ts";
import { readerPassword } from "#tests/support/ldap/start-directory.ts";

const opened = new BlockList();
opened.addSubnet("127.0.0.0", 8);

/** Connects the account with the sample directory on a port of loopback, and tests that. */
export async function connectDirectory(actor: UserActor, port: number): Promise<void> {
  const connection = {
    host: "127.0.0.1",
    port,
    security: "none" as const,
    ca: null,
    baseDn: sampleSuffix,
    bindDn: sampleReader,
  };
  const wish = { connector: "cloud" as const, connection, password: readerPassword, seen: 0 };
  const saved = await saveConnection(actor, { opened }, wish);
  if (!saved.ok || !saved.tried.ok) throw new Error(`not connected: ${JSON.stringify(saved)}`);
}
