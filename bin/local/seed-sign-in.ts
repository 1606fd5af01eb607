import type { UserActor } from "#lib/authorization/actor.ts";
import { networkList } from "#lib/network/network-list.ts";
import { addRoleRule } from "#lib/sign-in/add-role-rule.ts";
import { findConnection } from "#lib/sign-in/find-connection.ts";
import { listRolesToGive } from "#lib/sign-in/list-roles-to-give.ts";
import { saveConnection } from "#lib/sign-in/save-connection.ts";
import { switchConnection } from "#lib/sign-in/switch-connection.ts";
import { sampleClientId } from "./sample-identities.ts";

type Sample = { issuer: string; secret: string; networks: string; isNew: boolean };

const name = "Sample identity provider";

/**
 * Connects the sample account with the sample identity provider, which calls itself by the port of this start. What an
 * admin has put in its place stays, and so does what one has taken away.
 */
export async function seedSignIn(actor: UserActor, sample: Sample): Promise<void> {
  const { issuer, secret, networks, isNew } = sample;
  const known = await findConnection(actor);
  if (known ? known.name !== name || known.issuer === issuer : !isNew) return;
  const saved = await saveConnection(
    actor,
    { opened: networkList(networks) },
    {
      name,
      issuer,
      clientId: sampleClientId,
      secret,
      groupsClaim: known?.groupsClaim ?? "groups",
      rolesMode: known?.rolesMode ?? "add",
      trustsAddresses: known?.trustsAddresses ?? false,
    },
  );
  if (known || !saved.ok || saved.fault) return;
  const admin = (await listRolesToGive(actor)).find((role) => role.name === "Admin");
  if (admin) await addRoleRule(actor, { group: "it-admins", roleId: admin.id });
  await switchConnection(actor, true);
}
