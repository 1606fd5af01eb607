import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { lockAccount } from "#lib/db/lock-account.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { endSessionsOf } from "./connection/end-sessions-of.ts";

export type Switched = { ok: true; ended: number } | { ok: false; reason: "no_connection" | "untested" };

type Row = { id: string; tested: boolean; enabled: boolean; confirmed: boolean };

/** On: only settings that stood the test as they are. An owner's word lets it speak for owners. Off: its sessions end. */
export async function switchConnection(actor: UserActor, on: boolean): Promise<Switched> {
  authorize(actor, "sign_in.change");
  return withAccount(actor, async (tx) => {
    await lockAccount(tx, actor.accountId);
    const [row] = await tx.execute<Row>(sql`
      select id, tested_at is not null as tested, enabled, set_by_owner as confirmed from sso_connections for update`);
    if (!row) return { ok: false, reason: "no_connection" };
    if (on && !row.tested) return { ok: false, reason: "untested" };
    await tx.execute(sql`update sso_connections set enabled = ${on}, updated_at = now(),
      set_by_owner = set_by_owner or (${on} and ${actor.isOwner}) where id = ${row.id}`);
    const ended = on ? 0 : await endSessionsOf(tx, row.id);
    const confirmed = on && actor.isOwner && !row.confirmed;
    if (row.enabled !== on || confirmed) {
      await recordEvent(tx, actor, {
        action: on ? "sign_in.enabled" : "sign_in.disabled",
        subjectKind: "account",
        subjectId: actor.accountId,
        details: on ? { confirmed_by_owner: confirmed } : { sessions_ended: ended },
      });
    }
    return { ok: true, ended };
  });
}
