import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { lockInvitation } from "./one/lock-invitation.ts";
import { type Closed, whyClosed } from "./one/why-closed.ts";

type Copied =
  | { ok: true; link: string; email: string; expiresAt: Date }
  | { ok: false; reason: Closed | "expired" };

/** `baseUrl`: the configured one. `tokenKey`: base64. */
type Stationery = { baseUrl: string; tokenKey: string };

/**
 * The link of an open invitation for an admin to hand on. The mailed one stays good, and this one outlives a resend; it
 * proves nothing about the address.
 */
export async function copyLink(
  actor: UserActor,
  invitationId: string,
  { baseUrl, tokenKey }: Stationery,
): Promise<Copied> {
  authorize(actor, "invitations.copy_link");
  return withAccount(actor, async (tx): Promise<Copied> => {
    const row = await lockInvitation(tx, invitationId);
    const closed = whyClosed(row);
    if (!row || closed) return { ok: false, reason: closed ?? "not_found" };
    if (row.state === "expired") return { ok: false, reason: "expired" };
    await recordEvent(tx, actor, {
      action: "invitation.link_copied",
      subjectKind: "user",
      subjectId: row.user_id,
      details: { address: row.email },
    });
    const link = `${baseUrl.replace(/\/+$/, "")}/join/${mintLinkToken(tokenKey, "join", row.id, "copy")}`;
    return { ok: true, link, email: row.email, expiresAt: new Date(row.expires_at) };
  });
}
