import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { InvitationView } from "#lib/invitations/find-invitation.ts";
import { CopyLink } from "../../copy-link.tsx";
import { resend, revoke } from "../../invitation-actions.ts";
import { PersonButton } from "../../users/[id]/person-button.tsx";

type Props = { actor: UserActor; invitation: InvitationView };

export function WhatToDo({ actor, invitation: { id, email, state } }: Props) {
  if (state !== "open" && state !== "expired") return null;
  const isOpen = state === "open";
  return (
    <div className="flex flex-wrap items-start gap-3">
      {isAllowed(actor, "invitations.resend") && (
        <PersonButton action={resend} about={{ invitation: id }} small>
          Resend
        </PersonButton>
      )}
      {isOpen && isAllowed(actor, "invitations.revoke") && (
        <PersonButton action={revoke} about={{ invitation: id }} small>
          Revoke
        </PersonButton>
      )}
      {isOpen && isAllowed(actor, "invitations.copy_link") && <CopyLink invitation={id} email={email} />}
    </div>
  );
}
