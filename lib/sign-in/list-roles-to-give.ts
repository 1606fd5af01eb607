import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { mayGive, type Role } from "#lib/roles/may-give.ts";

/** The roles that this admin may let a group give. */
export async function listRolesToGive(actor: UserActor): Promise<{ id: string; name: string }[]> {
  authorize(actor, "sign_in.change");
  const rows = await withAccount(actor, (tx) =>
    tx.execute<Role>(sql`select id, kind, name, description, privileges from roles where kind <> 'owner'
      order by kind, lower(name)`),
  );
  return [...rows].filter((role) => mayGive(actor, role)).map(({ id, name }) => ({ id, name }));
}
