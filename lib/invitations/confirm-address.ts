import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { accountLess } from "#lib/db/account-less.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { startSession } from "#lib/sign-in/start-session.ts";
import { nobodyKnown, type Visitor } from "#lib/sign-in/visitor.ts";
import { askAccount } from "./link/ask-account.ts";
import { isPressed } from "./link/button-value.ts";
import { type NamedProof, readProof } from "./link/read-proof.ts";

export type Confirmed =
  | { ok: true; next: "session"; sessionId: string; accountSlug: string }
  /** The account has got a sign-in of its own meanwhile, which confirms the address. */
  | { ok: true; next: "sso"; connectionId: string }
  | { ok: false; reason: "dead_link" }
  | { ok: false; reason: "not_pressed" };

const deadLink = { ok: false, reason: "dead_link" } as const;

/** Whoever joined by a copied link is *Active* and signed in; of many at once one. `press`: what the button sent. */
export function confirmAddress(
  tokenKey: string,
  { token, press }: { token: string; press: string },
  visitor: Visitor = nobodyKnown,
): Promise<Confirmed> {
  return askAccount(token, accountLess.addressProofAccount, async (tx, id): Promise<Confirmed> => {
    const found = await readProof(tx, tokenKey, token, id, true);
    if (!found?.isOpen) return deadLink;
    if (!isPressed(tokenKey, "verify", token, press)) return { ok: false, reason: "not_pressed" };
    if (found.connectionId) return { ok: true, next: "sso", connectionId: found.connectionId };
    if (!(await settleProof(tx, found))) return deadLink;
    const { accountId, userId, userName, email } = found;
    const by = { kind: "user", accountId, userId, userName, ip: visitor.ip } as const;
    await recordEvent(tx, by, {
      action: "user.address_confirmed",
      subjectKind: "user",
      subjectId: userId,
      details: { email, changes: [{ field: "status", before: "signed_up", after: "active" }] },
    });
    const started = await startSession(tx, { accountId, userId, way: { method: "invitation" }, visitor });
    return { ok: true, next: "session", ...started };
  });
}

/** In one statement, the person first: whatever has ended either meanwhile, ends it. */
async function settleProof(tx: Transaction, { id, userId, email }: NamedProof): Promise<boolean> {
  const settled = await tx.execute(sql`
    with person as (
      select id from users
      where id = ${userId} and status = 'signed_up' and email_norm = lower(${email} collate "C") for update),
    used as (
      update address_proofs q set used_at = now() from person p
      where q.id = ${id} and q.user_id = p.id and q.used_at is null and q.expires_at > now() returning q.user_id)
    update users u set status = 'active', email_validation = 'validated', version = u.version + 1, updated_at = now()
    from used where u.id = used.user_id returning u.id`);
  return settled.length > 0;
}
