import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { controlOf, type Uncontrolled } from "./person/control-of.ts";

type Paused = { ok: true } | { ok: false; reason: Uncontrolled | "paused_already" };

/** From now on nothing but sign-in links goes to a managed person; what is queued waits, and none is lost. */
export async function pauseMails(actor: UserActor, userId: string): Promise<Paused> {
  authorize(actor, "users.pause_mails");
  return withAccount(actor, async (tx): Promise<Paused> => {
    const control = await controlOf(tx, actor, userId);
    if (control !== "yes") return { ok: false, reason: control };
    const paused = await tx.execute(sql`
      update users set mails_paused = true, version = version + 1, updated_at = now()
      where id = ${userId} and not mails_paused`);
    if (paused.count === 0) return { ok: false, reason: "paused_already" };
    await recordEvent(tx, actor, {
      action: "user.mails_paused",
      subjectKind: "user",
      subjectId: userId,
      details: { changes: [{ field: "mails_paused", before: "no", after: "yes" }] },
    });
    return { ok: true };
  });
}
