import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Page } from "#app/_components/page.tsx";
import { Table } from "#app/_components/table.tsx";
import { isLocalMode } from "#app/_web/local-mode.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { idOf } from "#app/_web/query.ts";
import { stationery } from "#app/_web/stationery.ts";
import { listMailbox } from "#lib/mail/list-mailbox.ts";

export const metadata: Metadata = { title: "Local mailbox" };

const columns = ["To", "Subject", "When"].map((label) => ({ label }));

export default async function MailboxPage({
  searchParams,
}: {
  searchParams: Promise<{ before?: string | string[] }>;
}) {
  if (!isLocalMode()) noSuchPage();
  const before = idOf((await searchParams).before);
  const { mails, next } = await listMailbox(stationery(), { before: before ?? null });
  return (
    <Page
      title="Local mailbox"
      lead="Mails that this machine would have sent. Nothing leaves it in local mode."
    >
      {mails.length === 0 && (
        <EmptyState title="No mail yet">
          Import a file, and the invitations lie here a moment later.
        </EmptyState>
      )}
      {mails.length > 0 && (
        <Table label="Mails" columns={columns}>
          {mails.map((mail) => (
            <tr key={mail.id}>
              <td data-label="To" className="whole-line sm:max-w-72 break-words">
                {mail.recipient}
              </td>
              <th scope="row" className="sm:min-w-60 font-normal">
                <a className="link" href={`/local/mailbox/${mail.id}`}>
                  {mail.subject}
                </a>
              </th>
              <td data-label="When">
                <Moment at={mail.at} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {next && (
        <a className="btn btn-quiet btn-sm" href={`/local/mailbox?before=${next}`}>
          Older
        </a>
      )}
    </Page>
  );
}
