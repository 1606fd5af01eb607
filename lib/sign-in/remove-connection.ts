import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { endSessionsOf } from "./connection/end-sessions-of.ts";

/** Takes the connection away with its secret, its sessions, whom it was bound to and the roles that its groups gave. */
export async function removeConnection(actor: UserActor): Promise<void> {
  authorize(actor, "sign_in.change");
  await withAccount(actor, async (tx) => {
    await tx.execute(sql`select id from accounts where id = ${actor.accountId} for no key update`);
    const [row] = await tx.execute<{ id: string; issuer: string; name: string }>(sql`
      delete from sso_connections returning id, issuer, name`);
    if (!row) return;
    const ended = await endSessionsOf(tx, row.id);
    await tx.execute(sql`delete from identities where issuer = ${row.issuer}`);
    await tx.execute(sql`delete from role_grants where source = 'sso'`);
    await recordEvent(tx, actor, {
      action: "sign_in.removed",
      subjectKind: "account",
      subjectId: actor.accountId,
      details: { name: row.name, issuer: row.issuer, sessions_ended: ended },
    });
  });
}
