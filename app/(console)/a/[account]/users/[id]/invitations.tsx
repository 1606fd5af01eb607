import { Moment } from "#app/_components/moment.tsx";
import { Section } from "#app/_components/section.tsx";
import type { MailState } from "#lib/users/find-activity.ts";
import type { InvitationOf } from "#lib/users/list-invitations-of.ts";

const mailWords: Record<MailState, string> = {
  queued: "Mail queued",
  sending: "Mail on its way",
  sent: "Mail sent",
  in_local_mailbox: "Mail in the local mailbox",
  failed: "Mail failed",
  unknown: "Mail: the provider never answered",
  withdrawn: "Mail withdrawn",
};

type Props = {
  invitations: InvitationOf[];
  /** Where the reports of runs are, for those who may read them. */
  runs: string | null;
};

type Step = { what: string; at: Date };

/** What became of each invitation, in the order in which it happened. */
export function Invitations({ invitations, runs }: Props) {
  return (
    <Section title="Invitations">
      {invitations.length === 0 && <p>Nobody has invited this person.</p>}
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
          </li>
        ))}
      </ol>
    </Section>
  );
}

function stepsOf(invitation: InvitationOf): Step[] {
  const { state, createdAt, openedAt, endedAt, expiresAt, mails } = invitation;
  const steps: Step[] = [
    { what: "Invited", at: createdAt },
    ...mails.map((mail) => ({ what: mailWords[mail.state], at: mail.at })),
  ];
  if (openedAt) steps.push({ what: "Opened the join page", at: openedAt });
  if (state === "accepted" && endedAt) steps.push({ what: "Joined", at: endedAt });
  if (state === "revoked" && endedAt) steps.push({ what: "Revoked", at: endedAt });
  if (state === "expired") steps.push({ what: "Expired", at: endedAt ?? expiresAt });
  return steps.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
