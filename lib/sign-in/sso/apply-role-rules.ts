import { type SQL, sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import type { Visitor } from "../visitor.ts";
import type { Connection } from "./connection-in-use.ts";
import type { Person } from "./person-of-identity.ts";

/**
 * Gives the roles that the rules name for these groups and takes back what earlier ones gave. Mode replace takes every
 * other role as well, if there are rules at all. Owner is neither given nor taken by a group.
 */
export async function applyRoleRules(
  tx: Transaction,
  connection: Connection,
  person: Person,
  groups: string[],
  { ip }: Visitor,
): Promise<void> {
  const { accountId } = connection;
  const { userId, userName } = person;
  const due = dueRoles(connection, groups);
  const given = await tx.execute<{ name: string }>(sql`
    with made as (insert into role_grants (account_id, role_id, user_id, source)
      select ${accountId}, d.role_id, ${userId}, 'sso' from (${due}) d on conflict do nothing returning role_id)
    select name from roles where id in (select role_id from made) order by name`);
  const taken = (await ownerIsLeft(tx)) ? await takeOthers(tx, connection, userId, due) : [];
  for (const { name } of given) await record("role.granted", name, { before: null, after: name });
  for (const name of taken) await record("role.revoked", name, { before: name, after: null });

  function record(action: "role.granted" | "role.revoked", role: string, change: object): Promise<void> {
    const by = { kind: "user", accountId, userId, userName, ip } as const;
    const details = { role, by: "groups of the identity provider", changes: [{ field: "role", ...change }] };
    return recordEvent(tx, by, { action, subjectKind: "user", subjectId: userId, details });
  }
}

const dueRoles = (connection: Connection, groups: string[]): SQL => sql`
  select distinct x.role_id from sso_role_rules x join roles r on r.account_id = x.account_id and r.id = x.role_id
  where x.connection_id = ${connection.id} and r.kind <> 'owner'
    and x.claimed_group = any (${sql.param(groups)}::text[])`;

async function takeOthers(
  tx: Transaction,
  connection: Connection,
  userId: string,
  due: SQL,
): Promise<string[]> {
  const everySource = sql`${connection.rolesMode === "replace"}
    and exists (select from sso_role_rules x where x.connection_id = ${connection.id})`;
  const rows = await tx.execute<{ name: string }>(sql`
    with gone as (delete from role_grants g using roles r
      where g.user_id = ${userId} and r.account_id = g.account_id and r.id = g.role_id and r.kind <> 'owner'
        and g.role_id not in (${due}) and (g.source = 'sso' or (${everySource})) returning r.name)
    select distinct name from gone order by name`);
  return [...rows].map(({ name }) => name);
}

/** Without an owner who could give roles back, admins keep theirs: the account must not be lost to everybody. */
async function ownerIsLeft(tx: Transaction): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select from role_holders h join roles r on r.account_id = h.account_id and r.id = h.role_id
    join users u on u.account_id = h.account_id and u.id = h.user_id
    where r.kind = 'owner' and u.status in ('active', 'signed_up') limit 1`);
  return row !== undefined;
}
