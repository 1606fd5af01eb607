import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { type Operation, type Privilege, permissions } from "#lib/authorization/permissions.ts";
import { lockAccount } from "#lib/db/lock-account.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";

/** What the actor holds now, which may be less than when the request came in. */
export type Standing = { userId: string; privileges: ReadonlySet<Privilege>; isOwner: boolean };

/**
 * One change of roles an account at a time: of two owners who remove each other, the second finds out that they are no
 * owner any more. Throws NotAllowed where the actor has lost the privilege by then.
 */
export function changeRoles<T>(
  actor: UserActor,
  operation: Operation,
  work: (tx: Transaction, standing: Standing) => Promise<T>,
): Promise<T> {
  return withAccount(actor, async (tx) => {
    await lockAccount(tx, actor.accountId);
    const standing = await standingOf(tx, actor.userId);
    if (!standing.privileges.has(permissions[operation] as Privilege)) throw new NotAllowed(operation);
    return work(tx, standing);
  });
}

async function standingOf(tx: Transaction, userId: string): Promise<Standing> {
  const rows = await tx.execute<{ kind: string; privileges: Privilege[] }>(sql`
    select r.kind, r.privileges from role_holders h
    join roles r on r.account_id = h.account_id and r.id = h.role_id
    join users u on u.account_id = h.account_id and u.id = h.user_id
    where h.user_id = ${userId} and u.status in ('active', 'signed_up')`);
  const held = [...rows];
  return {
    userId,
    privileges: new Set(held.flatMap((row) => row.privileges)),
    isOwner: held.some((row) => row.kind === "owner"),
  };
}
