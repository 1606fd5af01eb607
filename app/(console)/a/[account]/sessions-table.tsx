import type { ReactNode } from "react";
import { Badge } from "#app/_components/badge.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Table } from "#app/_components/table.tsx";
import type { SessionView } from "#lib/users/session-view.ts";
import { browserName } from "./browser-name.ts";

const columns = ["Browser", "How", "Signed in", "Last seen", "From", "State"].map((label) => ({ label }));
const methods: Record<SessionView["method"], string> = {
  email_link: "E-mail link",
  operator_link: "Operator's link",
  sso: "Single sign-on",
  invitation: "Invitation",
};

type Props = {
  sessions: SessionView[];
  /** The session that looks at the page. */
  own: string;
  /** The form that ends a session that lasts. */
  signOut: (session: SessionView) => ReactNode;
};

export function SessionsTable({ sessions, own, signOut }: Props) {
  return (
    <Table label="Each session" columns={columns}>
      {sessions.map((session) => (
        <tr key={session.id}>
          <th scope="row" className="sm:min-w-36">
            {browserName(session.userAgent)}
          </th>
          <td data-label="How" className="whitespace-nowrap">
            {methods[session.method]}
          </td>
          <td data-label="Signed in">
            <Moment at={session.startedAt} />
          </td>
          <td data-label="Last seen">
            <Moment at={session.lastSeenAt} />
          </td>
          <td data-label="From" className="break-words">
            {session.ip ?? "—"}
          </td>
          <td data-label="State" className="whole-line">
            {session.id === own && (
              <p>
                <Badge tone="good">This one</Badge>
              </p>
            )}
            {session.endedAt ? (
              <>
                Ended <Moment at={session.endedAt} />
              </>
            ) : (
              signOut(session)
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}
