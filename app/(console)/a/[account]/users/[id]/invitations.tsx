import { Moment } from "#app/_components/moment.tsx";
import { Section } from "#app/_components/section.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { mailWord } from "#lib/mail/mail-standing.ts";
import type { InvitationOf } from "#lib/users/list-invitations-of.ts";
import type { UserView } from "#lib/users/user-view.ts";
import { CopyLink } from "../../copy-link.tsx";
import { invitePerson, resend, revoke } from "../../invitation-actions.ts";
import { PersonButton } from "./person-button.tsx";

type Props = {
  actor: UserActor;
  user: UserView;
  invitations: InvitationOf[];
  /** Where the reports of runs are, for those who may read them. */
  runs: string | null;
};

type Step = { what: string; at: Date };

/** What became of each invitation, in the order in which it happened. */
export function Invitations({ actor, user, invitations, runs }: Props) {
  return (
    <Section title="Invitations">
      {invitations.length === 0 && <p>Nobody has invited this person.</p>}
      {user.email && user.status === "not_invited" && isAllowed(actor, "invitations.send") && (
        <PersonButton action={invitePerson} about={{ address: user.email }} look="primary">
          Invite
        </PersonButton>
      )}
      <ol className="space-y-4">
        {invitations.map((invitation) => (
          <li key={invitation.id}>
            <p className="break-words">
              To <span className="font-medium">{invitation.email}</span>
              {invitation.invitedBy && <> by {invitation.invitedBy}</>}
              {runs && invitation.runId && (
                <>
                  ,{" "}
                  <a className="link" href={`${runs}/${invitation.runId}`}>
                    from a run
                  </a>
                </>
              )}
              {invitation.state === "open" && (
                <>
                  ; open until <Moment at={invitation.expiresAt} only="day" />
                </>
              )}
            </p>
            <ol className="mt-1 border-base-300 border-l-2 pl-4 text-sm">
              {stepsOf(invitation).map((step) => (
                <li key={step.what + step.at.toISOString()}>
                  {step.what} <Moment at={step.at} />
                </li>
              ))}
            </ol>
            {/* Of those that ran out the latest can be renewed. */}
            <Ways
              actor={actor}
              invitation={invitation}
              isLatest={invitation === invitations[0]}
              user={user}
            />
          </li>
        ))}
      </ol>
    </Section>
  );
}

type WaysProps = { actor: UserActor; user: UserView; invitation: InvitationOf; isLatest: boolean };

function Ways({ actor, user, invitation: { id, email, state }, isLatest }: WaysProps) {
  const isOpen = state === "open";
  const canGoOn = !user.hasJoined && !user.isSuspended && (isOpen || (state === "expired" && isLatest));
  if (!canGoOn) return null;
  return (
    <div className="mt-2 flex flex-wrap items-start gap-2">
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

function stepsOf(invitation: InvitationOf): Step[] {
  const { state, createdAt, openedAt, endedAt, expiresAt, mails } = invitation;
  const steps: Step[] = [
    { what: "Invited", at: createdAt },
    ...mails.map((mail) => ({ what: `Mail ${mailWord(mail.standing)}`, at: mail.at })),
  ];
  if (openedAt) steps.push({ what: "Opened the join page", at: openedAt });
  if (state === "accepted" && endedAt) steps.push({ what: "Joined", at: endedAt });
  if (state === "revoked" && endedAt) steps.push({ what: "Revoked", at: endedAt });
  if (state === "expired") steps.push({ what: "Expired", at: endedAt ?? expiresAt });
  return steps.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
