import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { builtInRoles } from "#lib/authorization/permissions.ts";
import { lockAccount } from "#lib/db/lock-account.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { endSessionsOf } from "./connection/end-sessions-of.ts";

export type Removed = { ok: true } | { ok: false; reason: "above_you" };

/** Takes the connection away with its secret, its sessions, whom it was bound to and the roles that its groups gave. */
export async function removeConnection(actor: UserActor): Promise<Removed> {
  authorize(actor, "sign_in.change");
  // It takes roles away, of whatever height.
  if (!builtInRoles.admin.every((each) => actor.privileges.has(each)))
    return { ok: false, reason: "above_you" };
  await withAccount(actor, async (tx) => {
    await lockAccount(tx, actor.accountId);
    const [row] = await tx.execute<{ id: string; issuer: string; name: string }>(sql`
      delete from sso_connections returning id, issuer, name`);
    if (!row) return;
    const ended = await endSessionsOf(tx, row.id);
    await tx.execute(sql`delete from identities where issuer = ${row.issuer}`);
    const [roles] = await tx.execute<{ taken: number }>(sql`
      with gone as (delete from role_grants where source = 'sso' returning user_id)
      select count(*)::int as taken from gone`);
    await recordEvent(tx, actor, {
      action: "sign_in.removed",
      subjectKind: "account",
      subjectId: actor.accountId,
      details: { name: row.name, issuer: row.issuer, sessions_ended: ended, roles_taken: roles?.taken },
    });
  });
  return { ok: true };
}
