import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { holdTarget, holdUntil } from "./sync/target.ts";

type Wished = { ok: true; at: Date } | { ok: false; reason: "no_hold" | "wished_already" };

/** **Run when the hold ends**: one a directory, begun by the worker within a minute of the end. */
export async function wishSync(actor: UserActor, { holdHours }: { holdHours: number }): Promise<Wished> {
  authorize(actor, "directory.sync");
  return withAccount(actor, async (tx) => {
    const held = await holdTarget(tx);
    const until = held && holdUntil(held, holdHours);
    if (!held?.ready || !until) return { ok: false, reason: "no_hold" };
    const noted = await tx.execute(sql`
      update directories set at_hold_end_by = ${actor.userId}, at_hold_end_by_name = ${actor.userName}
      where id = ${held.id} and at_hold_end_by is null and held_since > now() - ${holdHours}::numeric * interval '1 hour'`);
    if (noted.count === 0) return { ok: false, reason: held.wish ? "wished_already" : "no_hold" };
    await recordEvent(tx, actor, {
      action: "directory.wished",
      subjectKind: "directory",
      subjectId: held.id,
    });
    return { ok: true, at: until };
  });
}

/** Takes the wish back, whoever had it. */
export async function withdrawWish(actor: UserActor): Promise<void> {
  authorize(actor, "directory.sync");
  await withAccount(actor, (tx) =>
    tx.execute(sql`update directories set at_hold_end_by = null, at_hold_end_by_name = null`),
  );
}
