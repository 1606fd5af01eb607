import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { findActor } from "./find-actor.ts";
import { type KnownAccount, knownAccounts } from "./other-accounts/known-accounts.ts";
import { type Proof, provenAddress } from "./other-accounts/proven-address.ts";
import { type StartedSession, startSession } from "./start-session.ts";
import type { Visitor } from "./visitor.ts";

type Wish = { slug: string; sessionIds: string[]; visitor: Visitor };
type Switched =
  | ({ ok: true } & StartedSession)
  /** The account has a sign-in of its own, or the address is not proved: sign in there. */
  | { ok: false; reason: "sign_in" };

/**
 * The session of this browser in another account. Where there is none, one is opened for a person whose address a mailed
 * link has proved, if the account would take such a link; it lives no longer than the one that proved it.
 */
export async function switchAccount(
  actor: UserActor,
  { slug, sessionIds, visitor }: Wish,
): Promise<Switched> {
  authorize(actor, "accounts.switch");
  const living = await findActor(sessionIds, slug);
  if (living && living.userEmail.toLowerCase() === actor.userEmail.toLowerCase())
    return { ok: true, sessionId: living.sessionId, accountSlug: slug };
  const proof = await provenAddress(sessionIds, actor.userEmail);
  const known = proof && (await knownAccounts(proof.address)).find((each) => each.slug === slug);
  if (!proof || !known?.takesLink) return { ok: false, reason: "sign_in" };
  return { ok: true, ...(await open(actor, known, proof, visitor)) };
}

function open(
  actor: UserActor,
  known: KnownAccount,
  proof: Proof,
  visitor: Visitor,
): Promise<StartedSession> {
  const { accountId, userId } = known;
  return withAccount({ accountId }, async (tx) => {
    const way = { method: "email_link" } as const;
    const started = await startSession(tx, { accountId, userId, way, visitor });
    await tx.execute(sql`
      update sessions set expires_at = least(expires_at, ${proof.expiresAt}::timestamptz) where id = ${started.sessionId}`);
    await recordEvent(
      tx,
      { kind: "user", accountId, userId, userName: actor.userName, ip: visitor.ip },
      { action: "account.switched", subjectKind: "user", subjectId: userId },
    );
    return started;
  });
}
