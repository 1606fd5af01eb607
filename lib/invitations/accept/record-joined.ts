import { recordEvent } from "#lib/audit/record-event.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import type { Visitor } from "#lib/sign-in/visitor.ts";
import type { NamedInvitation } from "../link/read-invitation.ts";
import type { Change } from "./settle-invitation.ts";

/** Whoever comes by a copied link is not yet known to be the person. */
export async function recordJoined(
  tx: Transaction,
  { accountId, userId, email, channel, ...invitation }: NamedInvitation,
  changes: Change[],
  { ip }: Visitor,
): Promise<void> {
  const who =
    channel === "mail"
      ? ({ kind: "user", accountId, userId, userName: nameOf(invitation, changes) || email, ip } as const)
      : ({ kind: "system", accountId, reason: "copied invitation link", ip } as const);
  await recordEvent(tx, who, {
    action: "user.joined",
    subjectKind: "user",
    subjectId: userId,
    details: { method: channel === "mail" ? "mailed_link" : "copied_link", changes },
  });
}

function nameOf(
  { firstName, lastName }: Pick<NamedInvitation, "firstName" | "lastName">,
  changes: Change[],
): string {
  const now = (field: string, before: string | null) => {
    const change = changes.find((each) => each.field === field);
    return change ? change.after : before;
  };
  return [now("first_name", firstName), now("last_name", lastName)].filter(Boolean).join(" ");
}
