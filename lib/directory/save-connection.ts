import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import type { Network } from "#lib/network/checked-addresses.ts";
import { connectionFingerprint } from "./connection/fingerprint.ts";
import { loadDirectory } from "./connection/load-directory.ts";
import { holdDirectory, saveVersion } from "./connection/save-version.ts";
import { sealPassword } from "./connection/secret.ts";
import { type Tried, tryConnection } from "./connection/try-connection.ts";
import type { ConnectionSettings, DirectorySettings } from "./settings.ts";

/** `password` null: the one that there is. `seen`: the version that the form was filled from. */
export type ConnectionWish = {
  connector: DirectorySettings["connector"];
  connection: ConnectionSettings;
  password: string | null;
  seen: number;
};

export type SavedConnection =
  | { ok: true; version: number; tried: Tried }
  | { ok: false; reason: "password_needed" | "changed_meanwhile" };

/** Saves the connection and tests it: until it has stood the test no sync begins. */
export async function saveConnection(
  actor: UserActor,
  network: Network,
  wish: ConnectionWish,
): Promise<SavedConnection> {
  authorize(actor, "directory.change");
  const password = await passwordFor(actor, wish);
  if (password === null) return { ok: false, reason: "password_needed" };
  const tried = await tryConnection(network, wish.connection, password);
  return withAccount(actor, async (tx) => {
    const held = await holdDirectory(tx, actor.accountId);
    if (held.version !== wish.seen) return { ok: false, reason: "changed_meanwhile" };
    const { connector, connection } = wish;
    const version = await saveVersion(
      tx,
      actor,
      held,
      { ...held.settings, connector, connection },
      "connection",
    );
    if (wish.password !== null)
      await tx.execute(sql`update directories
        set sealed_password = ${sealPassword(actor.accountId, held.id, wish.password)} where id = ${held.id}`);
    await noteTest(tx, actor, held.id, wish.connection, tried);
    return { ok: true, version, tried };
  });
}

/** Tests what stands in the form, and saves nothing; where that is what is saved already, the test counts. */
export async function testConnection(
  actor: UserActor,
  network: Network,
  wish: ConnectionWish,
): Promise<{ ok: true; tried: Tried } | { ok: false; reason: "password_needed" }> {
  authorize(actor, "directory.change");
  const password = await passwordFor(actor, wish);
  if (password === null) return { ok: false, reason: "password_needed" };
  const tried = await tryConnection(network, wish.connection, password);
  await withAccount(actor, async (tx) => {
    const held = await holdDirectory(tx, actor.accountId);
    const saved = held.settings.connection;
    const isSaved = saved && connectionFingerprint(saved) === connectionFingerprint(wish.connection);
    if (isSaved && wish.password === null) await noteTest(tx, actor, held.id, saved, tried);
    else await recordTest(tx, actor, held.id, wish.connection, tried);
  });
  return { ok: true, tried };
}

/** The kept password goes nowhere else, in no other way and for nobody else than it was given for. */
async function passwordFor(
  actor: UserActor,
  { password, connection }: ConnectionWish,
): Promise<string | null> {
  if (password !== null) return password;
  const known = await loadDirectory(actor);
  const before = known?.settings.connection;
  if (!known?.password || !before) return null;
  const same = (["port", "security", "ca", "bindDn"] as const).every(
    (name) => before[name] === connection[name],
  );
  return same && before.host.toLowerCase() === connection.host.toLowerCase() ? known.password : null;
}

async function noteTest(
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

const recordTest = (
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
