import { Badge } from "#app/_components/badge.tsx";
import type { InvitationView } from "#lib/invitations/find-invitation.ts";
import { standingBadges, stateWords } from "../invitation-words.ts";

export function InvitationBadges({ invitation: { state, mail } }: { invitation: InvitationView }) {
  const [tone, label] = stateWords[state];
  const told = mail && standingBadges[mail];
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Badge tone={tone}>{label}</Badge>
      {told && <Badge tone={told[0]}>{`Mail: ${told[1].toLowerCase()}`}</Badge>}
    </span>
  );
}
