import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { type Claims, readClaims } from "./read-claims.ts";
import { admit } from "./sso/admit.ts";
import { applyRoleRules } from "./sso/apply-role-rules.ts";
import { bindIdentity } from "./sso/bind-identity.ts";
import { type Connection, connectionInUse } from "./sso/connection-in-use.ts";
import { personOfIdentity } from "./sso/person-of-identity.ts";
import type { SsoReason } from "./sso-reasons.ts";
import { type StartedSession, startSession } from "./start-session.ts";
import type { Visitor } from "./visitor.ts";

type Completed = ({ ok: true; joined: boolean } & StartedSession) | { ok: false; reason: SsoReason };

/**
 * Starts the session of whom an id token names. `raw` are the claims of a token that was checked: signature, audience,
 * times, nonce. The person is found by issuer and subject; the first time by a confirmed address of the account's own.
 */
export async function completeSso(connectionId: string, raw: unknown, visitor: Visitor): Promise<Completed> {
  const [known] = await accountLess.ssoConnection(connectionId);
  if (!known) return { ok: false, reason: "not_connected" };
  const accountId = known.account_id;
  return withAccount({ accountId }, async (tx) => {
    const connection = await connectionInUse(tx, accountId, connectionId);
    if (!connection) return { ok: false, reason: "not_connected" };
    const claims = readClaims(raw, connection.groupsClaim);
    const reason = claims ? await signIn(tx, connection, claims, visitor) : "not_proven";
    if (typeof reason !== "string") return { ok: true, ...reason };
    await recordEvent(tx, systemActor(accountId, "single sign-on", visitor.ip), {
      action: "sign_in.refused",
      subjectKind: "account",
      subjectId: accountId,
      details: { method: "sso", reason, email: claims?.email ?? null },
    });
    return { ok: false, reason };
  });
}

/** Writes nothing before all is judged: what is refused leaves no trace but the refusal. */
async function signIn(
  tx: Transaction,
  connection: Connection,
  claims: Claims,
  visitor: Visitor,
): Promise<(StartedSession & { joined: boolean }) | SsoReason> {
  if (claims.issuer !== connection.issuer) return "not_proven";
  const found = await personOfIdentity(tx, connection, claims);
  if (typeof found === "string") return found;
  const { accountId, id: connectionId } = connection;
  if (!found.bound) await bindIdentity(tx, connection, claims, found, visitor);
  await tx.execute(sql`update identities set last_used_at = now()
    where user_id = ${found.userId} and issuer = ${claims.issuer} and subject = ${claims.subject}`);
  const joined = await admit(tx, accountId, found, visitor);
  if (claims.groups) await applyRoleRules(tx, connection, found, claims.groups, visitor);
  const way = { method: "sso", connectionId } as const;
  return { ...(await startSession(tx, { accountId, userId: found.userId, way, visitor })), joined };
}
