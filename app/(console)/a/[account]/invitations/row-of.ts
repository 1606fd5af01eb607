import type { Cell } from "#app/_components/table-cell.tsx";
import type { ListedInvitation } from "#lib/invitations/list-invitations.ts";
import { sourceWord, standingBadges, stateWords } from "./invitation-words.ts";
import type { MailCell, WaysCell } from "./invitations-table.tsx";

/** The cells of an invitation's row, in the order of its table's columns. */
export function rowOf(invitation: ListedInvitation): Cell[] {
  const { id, email, name, state, mail, mailNotBefore, invitedBy, source, createdAt, expiresAt } = invitation;
  const told: MailCell | null = mail && [...standingBadges[mail], mailNotBefore?.getTime() ?? null];
  const ways: WaysCell | null = state === "open" || state === "expired" ? [state, id] : null;
  return [
    [email, id],
    name,
    stateWords[state],
    told as Cell,
    invitedBy ?? sourceWord(source),
    createdAt.getTime(),
    state === "open" ? expiresAt.getTime() : null,
    ways as Cell,
  ];
}
