import type { Cell } from "#app/_components/table-cell.tsx";
import type { ListedInvitation } from "#lib/invitations/list-invitations.ts";
import { sourceWord, standingBadges, stateWords } from "./invitation-words.ts";
import type { LastingCell, WaysCell, WhoCell } from "./invitations-table.tsx";

/** The cells of an invitation's row, in the order of its table's columns. */
export function rowOf(invitation: ListedInvitation): Cell[] {
  const { id, email, name, state, mail, mailNotBefore, invitedBy, source, createdAt, expiresAt } = invitation;
  const offer: LastingCell = [...stateWords[state], state === "open" ? expiresAt.getTime() : null];
  const letter: LastingCell | null = mail && [...standingBadges[mail], mailNotBefore?.getTime() ?? null];
  const ways: WaysCell | null = state === "open" || state === "expired" ? [state, id] : null;
  const who: WhoCell = [email, id, name];
  return [
    who as Cell,
    offer as Cell,
    letter as Cell,
    invitedBy ?? sourceWord(source),
    createdAt.getTime(),
    ways as Cell,
  ];
}
