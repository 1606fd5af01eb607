import { Badge } from "#app/_components/badge.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Section } from "#app/_components/section.tsx";
import { Table } from "#app/_components/table.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { type MailStanding, waitWords } from "#lib/mail/mail-standing.ts";
import type { Activity, PersonMail } from "#lib/users/find-activity.ts";
import type { SessionView } from "#lib/users/session-view.ts";
import type { UserView } from "#lib/users/user-view.ts";
import { standingBadges } from "../../invitations/invitation-words.ts";
import { mailKinds } from "../../mails/mail-kinds.ts";
import { SessionsTable } from "../../sessions-table.tsx";
import { pause, resume, signOutPerson } from "./activity-actions.ts";
import { PersonButton } from "./person-button.tsx";

type Props = { actor: UserActor; user: UserView; activity: Activity };

/** Sign-ins and mails of a managed person, and what can be done about them. */
export function PersonActivity({ actor, user, activity }: Props) {
  return (
    <>
      <Sessions actor={actor} user={user} sessions={activity.sessions} />
      <Section title="Mails">
        <p className="max-w-prose">
          {user.mailsPaused
            ? "Mails to this person are paused: what is queued waits, and only sign-in links go out."
            : "Pausing holds back all mails to this person but sign-in links. None is lost."}
        </p>
        {outOfReach(actor, user) ? (
          <p>This person may do what you may not: you cannot sign them out or pause their mails.</p>
        ) : user.mailsPaused ? (
          <PersonButton action={resume} about={{ user: user.id }} look="primary">
            Resume mails
          </PersonButton>
        ) : (
          <PersonButton action={pause} about={{ user: user.id }}>
            Pause mails
          </PersonButton>
        )}
        {activity.mails.length > 0 ? (
          <Mails mails={activity.mails} paused={user.mailsPaused} />
        ) : (
          <p>No mail was written to this person yet.</p>
        )}
      </Section>
    </>
  );
}

const outOfReach = (actor: UserActor, user: UserView) => user.outranks && user.id !== actor.userId;

function Sessions({ actor, user, sessions }: Omit<Props, "activity"> & { sessions: SessionView[] }) {
  const ownOnly = (session: SessionView) => session.endedAt !== null || session.id === actor.sessionId;
  if (sessions.length === 0) {
    return (
      <Section title="Sessions">
        <p>This person has never signed in.</p>
      </Section>
    );
  }
  return (
    <Section title="Sessions">
      <SessionsTable
        sessions={sessions}
        own={actor.sessionId}
        signOut={(session) =>
          outOfReach(actor, user) ? (
            "Lasts"
          ) : (
            <PersonButton action={signOutPerson} about={{ user: user.id, session: session.id }} small>
              Sign out
            </PersonButton>
          )
        }
      />
      {!sessions.every(ownOnly) && !outOfReach(actor, user) && (
        <PersonButton action={signOutPerson} about={{ user: user.id }}>
          {user.id === actor.userId ? "Sign out of all other sessions" : "Sign out of all sessions"}
        </PersonButton>
      )}
    </Section>
  );
}

export function MailStandingBadge({ standing, paused }: { standing: MailStanding; paused: boolean }) {
  const held = paused && standing === "queued";
  const [tone, label] = held ? (["warn", "Paused"] as const) : standingBadges[standing];
  return <Badge tone={tone}>{label}</Badge>;
}

function Mails({ mails, paused }: { mails: PersonMail[]; paused: boolean }) {
  return (
    <Table label="Each mail" columns={[{ label: "Mail" }, { label: "Written" }, { label: "State" }]}>
      {mails.map((mail) => (
        <tr key={mail.id}>
          <th scope="row" className="sm:min-w-40">
            {mailKinds[mail.kind] ?? mail.kind}
          </th>
          <td data-label="Written">
            <Moment at={mail.at} />
          </td>
          <td data-label="State">
            <MailStandingBadge standing={mail.standing} paused={paused && mail.kind !== "sign_in_link"} />
            {mail.waitsFor && (
              <span className="ml-2 text-base-content/75">
                {waitWords[mail.waitsFor]}
                {mail.dueAt && (
                  <>
                    , <Moment at={mail.dueAt} />
                  </>
                )}
              </span>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}
