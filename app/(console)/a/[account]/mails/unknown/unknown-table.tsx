import { Moment } from "#app/_components/moment.tsx";
import { Table } from "#app/_components/table.tsx";
import type { UnknownMail } from "#lib/mail/list-unknown-mails.ts";
import { mailKinds } from "../mail-kinds.ts";

const columns = ["Pick", "Address", "Mail", "Tried", "Why"].map((label) => ({ label }));

/** `people`: where the pages of people are, for those who may see them. */
export function UnknownTable({ mails, people }: { mails: UnknownMail[]; people: string | null }) {
  return (
    <Table label="Mails" columns={columns}>
      {mails.map((mail) => (
        <tr key={mail.id}>
          <td data-label="Pick" className="w-10">
            <input
              type="checkbox"
              name={`pick.${mail.id}`}
              className="checkbox checkbox-sm"
              aria-label={`Pick the mail to ${mail.recipient}`}
            />
          </td>
          <th scope="row" className="row-name break-words font-medium! sm:max-w-80">
            {people && mail.userId ? (
              <a className="link" href={`${people}/${mail.userId}`}>
                {mail.recipient}
              </a>
            ) : (
              mail.recipient
            )}
          </th>
          <td data-label="Mail">{mailKinds[mail.kind] ?? mail.kind}</td>
          <td data-label="Tried">
            <Moment at={mail.at} />
          </td>
          <td data-label="Why" className="whole-line break-words sm:max-w-96">
            {mail.error}
          </td>
        </tr>
      ))}
    </Table>
  );
}
