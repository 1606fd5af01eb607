import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { holdToChange, type NotHeld } from "./connection/hold-to-change.ts";
import { saveVersion } from "./connection/save-version.ts";
import type { DirectorySettings } from "./settings.ts";

type Chosen = { ok: true; version: number } | NotHeld;

/** **Cloud-Based Connector**: Rollcall itself asks the directory; **Directory Agent**: a program inside the company's network does. */
export async function chooseConnector(
  actor: UserActor,
  { connector, seen }: { connector: DirectorySettings["connector"]; seen: number },
): Promise<Chosen> {
  authorize(actor, "directory.change");
  return withAccount(actor, async (tx) => {
    const hold = await holdToChange(tx, actor, { seen, step: "connection" });
    if (!hold.ok) return hold;
    const { held } = hold;
    return {
      ok: true,
      version: await saveVersion(tx, actor, held, { ...held.settings, connector }, "connection"),
    };
  });
}
