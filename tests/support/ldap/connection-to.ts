import { BlockList } from "node:net";
import { sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { saveConnection } from "#lib/directory/save-connection.ts";
import type { ConnectionSettings } from "#lib/directory/settings.ts";
import { readerPassword } from "./start-directory.ts";

const opened = new BlockList();
opened.addSubnet("127.0.0.0", 8);
export const loopback = { opened };

/** The sample directory on a port of loopback. */
export const connectionTo = (port: number): ConnectionSettings => ({
  host: "127.0.0.1",
  port,
  security: "none",
  ca: null,
  baseDn: sampleSuffix,
  bindDn: sampleReader,
});

/** Connects an account that has no connection yet, with the sample directory where nothing else is said, and tests that. */
export async function connectDirectory(
  actor: UserActor,
  connection: ConnectionSettings,
  password = readerPassword,
): Promise<void> {
  const wish = { connector: "cloud" as const, connection, password, seen: 0 };
  const saved = await saveConnection(actor, loopback, wish);
  if (!saved.ok || !saved.tried.ok) throw new Error(`not connected: ${JSON.stringify(saved)}`);
}
