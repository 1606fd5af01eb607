import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { Network } from "#lib/network/checked-addresses.ts";
import { holdToChange, type NotHeld } from "./connection/hold-to-change.ts";
import { noteTest, passwordFor } from "./connection/note-test.ts";
import { saveVersion } from "./connection/save-version.ts";
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
  | NotHeld
  | { ok: false; reason: "password_needed" };

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
    const hold = await holdToChange(tx, actor, { seen: wish.seen, step: "connection" });
    if (!hold.ok) return hold;
    const { held } = hold;
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
