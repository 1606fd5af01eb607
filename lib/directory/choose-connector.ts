import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { givesRolesPast } from "./connection/role-groups.ts";
import { holdDirectory, saveVersion } from "./connection/save-version.ts";
import type { DirectorySettings } from "./settings.ts";

type Chosen = { ok: true; version: number } | { ok: false; reason: "changed_meanwhile" | "gives_roles" };

/** **Cloud-Based Connector**: Rollcall itself asks the directory; **Directory Agent**: a program inside the company's network does. */
export async function chooseConnector(
  actor: UserActor,
  { connector, seen }: { connector: DirectorySettings["connector"]; seen: number },
): Promise<Chosen> {
  authorize(actor, "directory.change");
  return withAccount(actor, async (tx) => {
    const held = await holdDirectory(tx, actor.accountId);
    if (held.version !== seen) return { ok: false, reason: "changed_meanwhile" };
    if (await givesRolesPast(tx, actor)) return { ok: false, reason: "gives_roles" };
    return {
      ok: true,
      version: await saveVersion(tx, actor, held, { ...held.settings, connector }, "connection"),
    };
  });
}
