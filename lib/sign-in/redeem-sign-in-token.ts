import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { findSignInToken } from "./find-sign-in-token.ts";

type Redeemed = { ok: true; sessionId: string; accountSlug: string } | { ok: false; reason: "dead_link" };

const sessionHours = 12;

/** Uses the token up and starts a session; of many at once exactly one succeeds. */
export async function redeemSignInToken(tokenKey: string, token: string): Promise<Redeemed> {
  const live = await findSignInToken(tokenKey, token);
  if (!live) return { ok: false, reason: "dead_link" };
  return withAccount(live, async (tx) => {
    const [used] = await tx.execute<{ user_id: string }>(sql`
      update sign_in_tokens set used_at = now()
      where id = ${live.id} and used_at is null and expires_at > now() returning user_id`);
    if (!used) return { ok: false, reason: "dead_link" };
    const [session] = await tx.execute<{ id: string; slug: string }>(sql`
      insert into sessions (account_id, user_id, expires_at)
      values (${live.accountId}, ${used.user_id}, now() + make_interval(hours => ${sessionHours}))
      returning id, (select slug from accounts where id = account_id) as slug`);
    await recordEvent(tx, systemActor(live.accountId, live.email), {
      action: "session.started",
      subjectKind: "user",
      subjectId: used.user_id,
    });
    return { ok: true, sessionId: session?.id as string, accountSlug: session?.slug as string };
  });
}
