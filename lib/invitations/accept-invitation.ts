import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { startSession } from "#lib/sign-in/start-session.ts";
import { nobodyKnown, type Visitor } from "#lib/sign-in/visitor.ts";
import { cleanValue } from "#lib/users/clean-value.ts";
import { valueFault } from "#lib/users/value-fault.ts";
import { askProof } from "./accept/ask-proof.ts";
import { recordJoined } from "./accept/record-joined.ts";
import { type Joining, settleInvitation } from "./accept/settle-invitation.ts";
import { askAccount } from "./link/ask-account.ts";
import { isPressed } from "./link/button-value.ts";
import { type NamedInvitation, readInvitation } from "./link/read-invitation.ts";

/** `press`: what the button sent. A name that is absent stays as it is; a blank one is emptied. */
export type Acceptance = { token: string; press: string; firstName?: string; lastName?: string };

export type Accepted =
  | { ok: true; next: "session"; sessionId: string; accountSlug: string }
  /** The link was a copied one: a mail asks the address itself. */
  | { ok: true; next: "check_mail"; email: string }
  /** Nothing is accepted yet: the account's own sign-in does it. */
  | { ok: true; next: "sso"; connectionId: string }
  | { ok: false; reason: "dead_link" }
  | { ok: false; reason: "not_pressed" }
  | { ok: false; reason: "invalid"; errors: Partial<Record<"firstName" | "lastName", string>> };

const deadLink = { ok: false, reason: "dead_link" } as const;

/** Of many at once one is accepted: with the mailed link the person is *Active*, with a copied one *Signed Up*. */
export function acceptInvitation(
  tokenKey: string,
  acceptance: Acceptance,
  visitor: Visitor = nobodyKnown,
): Promise<Accepted> {
  const { token, press } = acceptance;
  return askAccount(token, accountLess.invitationAccount, async (tx, id): Promise<Accepted> => {
    const found = await readInvitation(tx, tokenKey, token, id, true);
    if (!found?.isOpen) return deadLink;
    if (!isPressed(tokenKey, "join", token, press)) return { ok: false, reason: "not_pressed" };
    if (found.connectionId) return leaveForSso(tx, found, found.connectionId);
    const names = { firstName: cleaned(acceptance.firstName), lastName: cleaned(acceptance.lastName) };
    const errors = faults(names);
    if (Object.keys(errors).length > 0) return { ok: false, reason: "invalid", errors };
    return join(tx, found, names, visitor);
  });
}

const cleaned = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : cleanValue(name);

function faults({ firstName = "", lastName = "" }: Joining) {
  const first = valueFault(firstName, "first_name");
  const last = valueFault(lastName, "last_name");
  return { ...(first && { firstName: first }), ...(last && { lastName: last }) };
}

/** At the latest now somebody has seen the page. */
async function leaveForSso(
  tx: Transaction,
  { id }: NamedInvitation,
  connectionId: string,
): Promise<Accepted> {
  await tx.execute(sql`update invitations set opened_at = now() where id = ${id} and opened_at is null`);
  return { ok: true, next: "sso", connectionId };
}

async function join(
  tx: Transaction,
  found: NamedInvitation,
  names: Joining,
  visitor: Visitor,
): Promise<Accepted> {
  const changes = await settleInvitation(tx, found, names);
  if (!changes) return deadLink;
  const { accountId, userId, email } = found;
  await recordJoined(tx, found, changes, visitor);
  if (found.channel === "copy") {
    await askProof(tx, found);
    return { ok: true, next: "check_mail", email };
  }
  const started = await startSession(tx, { accountId, userId, way: { method: "invitation" }, visitor });
  return { ok: true, next: "session", ...started };
}
