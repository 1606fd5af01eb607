import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { endSessionsOf } from "./connection/end-sessions-of.ts";

export type Switched = { ok: true; ended: number } | { ok: false; reason: "no_connection" | "untested" };

/** On: only settings that stood the test as they are. Off: sessions that were opened through it end. */
export async function switchConnection(actor: UserActor, on: boolean): Promise<Switched> {
  authorize(actor, "sign_in.change");
  return withAccount(actor, async (tx) => {
    const [row] = await tx.execute<{ id: string; tested: boolean; enabled: boolean }>(sql`
      select id, tested_at is not null as tested, enabled from sso_connections for update`);
    if (!row) return { ok: false, reason: "no_connection" };
    if (on && !row.tested) return { ok: false, reason: "untested" };
    await tx.execute(sql`update sso_connections set enabled = ${on}, updated_at = now(),
      set_by_owner = set_by_owner or (${on} and ${actor.isOwner}) where id = ${row.id}`);
    const ended = on ? 0 : await endSessionsOf(tx, row.id);
    if (row.enabled !== on) {
      await recordEvent(tx, actor, {
        action: on ? "sign_in.enabled" : "sign_in.disabled",
        subjectKind: "account",
        subjectId: actor.accountId,
        details: on ? {} : { sessions_ended: ended },
      });
    }
    return { ok: true, ended };
  });
}
