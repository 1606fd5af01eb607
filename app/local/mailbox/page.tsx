import type { Metadata } from "next";
import { EmptyState } from "#app/_components/empty-state.tsx";
import { Page } from "#app/_components/page.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Column } from "#app/_components/table-cell.tsx";
import { isLocalMode } from "#app/_web/local-mode.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { idOf } from "#app/_web/query.ts";
import { stationery } from "#app/_web/stationery.ts";
import { listMailbox } from "#lib/mail/list-mailbox.ts";

export const metadata: Metadata = { title: "Local mailbox" };

const columns: Column[] = [
  { label: "To", className: "whole-line" },
  { label: "Subject", is: "name", href: "/local/mailbox/" },
  { label: "When", is: "moment" },
];

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
        <Table
          label="Mails"
          columns={columns}
          rows={mails.map(({ id, recipient, subject, at }) => [recipient, [subject, id], at.getTime()])}
        />
      )}
      {next && (
        <a className="btn btn-quiet btn-sm" href={`/local/mailbox?before=${next}`}>
          Older
        </a>
      )}
    </Page>
  );
}
