import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";

export type Protectable = {
  /** Addresses of the people who are protected, or their names where they have none. */
  people: { id: string; address: string | null; name: string }[];
  groups: { id: string; name: string }[];
};

const mostGroups = 1_000;

/** Who of these people is protected from syncs, and the groups that there are to choose from. */
export async function findProtected(actor: Actor, users: string[]): Promise<Protectable> {
  authorize(actor, "directory.change");
  const [people, groups] = await readAccount<[Protectable["people"][number], Protectable["groups"][number]]>(
    actor,
    sql`
      select id, email as address, concat_ws(' ', first_name, last_name) as name from users
      where account_id = ${actor.accountId} and id = any (${sql.param(users)}::uuid[]) order by email_norm`,
    sql`select id, name from groups where account_id = ${actor.accountId} order by lower(name) limit ${mostGroups}`,
  );
  return { people, groups };
}
