import { Badge } from "#app/_components/badge.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Table } from "#app/_components/table.tsx";
import type { ListedInvitation } from "#lib/invitations/list-invitations.ts";
import { sourceWord, standingWords, stateWords } from "./invitation-words.ts";

const columns = ["Invited", "State", "Mail", "Invited by", "When", "Expires"].map((label) => ({ label }));

type Props = { invitations: ListedInvitation[]; here: string; changes: boolean };

/** `changes`: whoever looks may do something about them; the buttons belong to the form around the table. */
export function InvitationsTable({ invitations, here, changes }: Props) {
  return (
    <Table
      label="Invitations"
      columns={changes ? [{ label: "Pick" }, ...columns, { label: "Actions" }] : columns}
    >
      {invitations.map((invitation) => (
        <Row key={invitation.id} invitation={invitation} here={here} changes={changes} />
      ))}
    </Table>
  );
}

function Row({
  invitation,
  here,
  changes,
}: {
  invitation: ListedInvitation;
  here: string;
  changes: boolean;
}) {
  const { id, email, name, state, createdAt, expiresAt, invitedBy, source } = invitation;
  const [tone, label] = stateWords[state];
  return (
    <tr>
      {changes && (
        <td data-label="Pick">
          <input
            type="checkbox"
            name={`pick.${id}`}
            className="checkbox checkbox-sm"
            aria-label={`Pick ${email}`}
          />
        </td>
      )}
      <th scope="row" className="row-name sm:min-w-48 sm:max-w-80">
        <a className="link" href={`${here}/${id}`}>
          {email}
        </a>
        {name && <bdi className="block font-normal">{name}</bdi>}
      </th>
      <td data-label="State">
        <Badge tone={tone}>{label}</Badge>
      </td>
      <td data-label="Mail">
        <Mail invitation={invitation} />
      </td>
      <td data-label="Invited by" className="break-words sm:max-w-60">
        {invitedBy ?? sourceWord(source)}
      </td>
      <td data-label="When">
        <Moment at={createdAt} only="day" />
      </td>
      <td data-label="Expires">{state === "open" && <Moment at={expiresAt} only="day" />}</td>
      {changes && (
        <td data-label="Actions" className="whole-line whitespace-nowrap">
          {state === "open" || state === "expired" ? <Actions id={id} open={state === "open"} /> : null}
        </td>
      )}
    </tr>
  );
}

function Mail({ invitation: { mail, mailNotBefore } }: { invitation: ListedInvitation }) {
  if (!mail) return null;
  const [tone, label] = standingWords[mail];
  return (
    <>
      <Badge tone={tone}>{label}</Badge>
      {mailNotBefore && (
        <span className="block text-xs">
          until <Moment at={mailNotBefore} />
        </span>
      )}
    </>
  );
}

const button = "btn btn-quiet btn-xs";

function Actions({ id, open }: { id: string; open: boolean }) {
  return (
    <>
      <button type="submit" className={button} name="one" value={`resend ${id}`}>
        Resend
      </button>
      {open && (
        <>
          {" "}
          <button type="submit" className={button} name="one" value={`revoke ${id}`}>
            Revoke
          </button>{" "}
          <button type="submit" className={button} name="one" value={`copy ${id}`}>
            Copy link
          </button>
        </>
      )}
    </>
  );
}
