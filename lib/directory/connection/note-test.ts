import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import type { ConnectionSettings } from "../settings.ts";
import { connectionFingerprint } from "./fingerprint.ts";
import { loadDirectory } from "./load-directory.ts";
import type { Tried } from "./try-connection.ts";

type Wish = { connection: ConnectionSettings; password: string | null };

/** The kept password goes nowhere else, in no other way and for nobody else than it was given for. */
export async function passwordFor(actor: UserActor, { password, connection }: Wish): Promise<string | null> {
  if (password !== null) return password;
  const known = await loadDirectory(actor);
  const before = known?.settings.connection;
  if (!known?.password || !before) return null;
  const same = (["port", "security", "ca", "bindDn"] as const).every(
    (name) => before[name] === connection[name],
  );
  return same && before.host.toLowerCase() === connection.host.toLowerCase() ? known.password : null;
}

/** What a test of the saved connection has shown; without it no sync begins. */
export async function noteTest(
  tx: Transaction,
  actor: UserActor,
  id: string,
  connection: ConnectionSettings,
  tried: Tried,
) {
  const server = tried.ok
    ? JSON.stringify({
        kind: tried.server.kind,
        vendor: tried.server.vendor,
        idAttribute: tried.server.idAttribute,
      })
    : null;
  await tx.execute(sql`
    update directories set tested_as = ${tried.ok ? connectionFingerprint(connection) : null},
      tested_at = case when ${tried.ok} then now() end, server = coalesce(${server}::jsonb, server) where id = ${id}`);
  await recordTest(tx, actor, id, connection, tried);
}

export const recordTest = (
  tx: Transaction,
  actor: UserActor,
  id: string,
  { host, port }: ConnectionSettings,
  tried: Tried,
) =>
  recordEvent(tx, actor, {
    action: "directory.tested",
    subjectKind: "directory",
    subjectId: id,
    details: { host: host.slice(0, 255), port, failed: tried.ok ? null : tried.step },
  });
