import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { Network } from "#lib/network/checked-addresses.ts";
import { connectionFingerprint } from "./connection/fingerprint.ts";
import { noteTest, passwordFor, recordTest } from "./connection/note-test.ts";
import { holdDirectory } from "./connection/save-version.ts";
import { type Tried, tryConnection } from "./connection/try-connection.ts";
import type { ConnectionWish } from "./save-connection.ts";

export type { Tried };

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
