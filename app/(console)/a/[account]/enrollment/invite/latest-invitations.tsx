import { Badge } from "#app/_components/badge.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Section } from "#app/_components/section.tsx";
import { Table } from "#app/_components/table.tsx";
import type { LatestInvitation } from "#lib/invitations/list-latest-invitations.ts";
import { mailWord } from "#lib/mail/mail-standing.ts";
import { CopyLink } from "../../copy-link.tsx";
import { stateWords } from "../../invitations/invitation-words.ts";

const columns = ["Invited", "State", "Mail", "When", "By", "Link"].map((label) => ({ label }));

/** `users`: where the people's pages are; null for those who may not see them. */
export function LatestInvitations({
  invitations,
  users,
}: {
  invitations: LatestInvitation[];
  users: string | null;
}) {
  return (
    <Section title="Latest invitations">
      {invitations.length === 0 ? (
        <p>Nobody was invited yet.</p>
      ) : (
        <Table label="Each invitation" columns={columns}>
          {invitations.map((invitation) => (
            <Row key={invitation.id} invitation={invitation} users={users} />
          ))}
        </Table>
      )}
    </Section>
  );
}

function Row({ invitation, users }: { invitation: LatestInvitation; users: string | null }) {
  const { id, userId, email, name, state, mail, at, invitedBy, expiresAt } = invitation;
  const [tone, label] = stateWords[state];
  return (
    <tr>
      <th scope="row" className="row-name sm:min-w-48 font-normal!">
        {users ? (
          <a className="link" href={`${users}/${userId}`}>
            {email}
          </a>
        ) : (
          email
        )}
        {name && <div className="text-base-content/75">{name}</div>}
      </th>
      <td data-label="State">
        <Badge tone={tone}>{label}</Badge>
        {state === "open" && (
          <div className="text-base-content/75 text-xs">
            until <Moment at={expiresAt} only="day" />
          </div>
        )}
      </td>
      <td data-label="Mail" className={mail === "bounced" ? "text-error" : ""}>
        {mail ? `Mail ${mailWord(mail)}` : "None"}
      </td>
      <td data-label="When">
        <Moment at={at} />
      </td>
      <td data-label="By" className="break-words">
        {invitedBy}
      </td>
      <td data-label="Link" className="whole-line">
        {state === "open" && <CopyLink invitation={id} email={email} />}
      </td>
    </tr>
  );
}
