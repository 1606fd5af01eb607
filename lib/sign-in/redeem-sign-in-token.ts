import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { findSignInToken, type LiveToken } from "./find-sign-in-token.ts";
import { type StartedSession, startSession } from "./start-session.ts";
import { nobodyKnown, type Visitor } from "./visitor.ts";

type Redeemed = ({ ok: true } & StartedSession) | { ok: false; reason: "dead_link" };
type Used = { user_id: string; purpose: "email_link" | "operator_link" };

/** Uses the token up and starts a session; of many at once exactly one succeeds. */
export async function redeemSignInToken(
  tokenKey: string,
  token: string,
  visitor: Visitor = nobodyKnown,
): Promise<Redeemed> {
  const live = await findSignInToken(tokenKey, token);
  if (!live) return { ok: false, reason: "dead_link" };
  const { accountId } = live;
  return withAccount(live, async (tx) => {
    const [used] = await tx.execute<Used>(sql`
      update sign_in_tokens set used_at = now()
      where id = ${live.id} and used_at is null and expires_at > now() returning user_id, purpose`);
    if (!used) return { ok: false, reason: "dead_link" };
    if (used.purpose === "email_link") await confirmAddress(tx, live, used.user_id, visitor);
    const way = { method: used.purpose };
    return { ok: true, ...(await startSession(tx, { accountId, userId: used.user_id, way, visitor })) };
  });
}

/** The link came to the address, so whoever holds it reads the mail there. */
async function confirmAddress(
  tx: Transaction,
  { accountId, email }: LiveToken,
  userId: string,
  { ip }: Visitor,
): Promise<void> {
  const [confirmed] = await tx.execute(sql`
    update users set email_validation = 'validated', version = version + 1, updated_at = now(),
      status = case status when 'signed_up' then 'active' else status end
    where id = ${userId} and (email_validation is distinct from 'validated' or status = 'signed_up') returning id`);
  if (!confirmed) return;
  const by = { kind: "user", accountId, userId, userName: email, ip } as const;
  await recordEvent(tx, by, {
    action: "user.address_confirmed",
    subjectKind: "user",
    subjectId: userId,
    details: { email },
  });
}
