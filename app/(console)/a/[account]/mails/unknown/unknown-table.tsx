import { Table } from "#app/_components/table.tsx";
import type { Column } from "#app/_components/table-cell.tsx";
import type { UnknownMail } from "#lib/mail/list-unknown-mails.ts";
import { mailKinds } from "../mail-kinds.ts";

const columns: Column[] = [
  { label: "Mail to", is: "name" },
  { label: "What" },
  { label: "Tried", is: "moment" },
  { label: "Why nobody knows", className: "whole-line" },
];

export function UnknownTable({ mails }: { mails: UnknownMail[] }) {
  return (
    <Table
      label="Mails"
      columns={columns}
      pick
      rows={mails.map((mail) => [
        [mail.recipient, mail.id],
        mailKinds[mail.kind] ?? mail.kind,
        mail.at.getTime(),
        mail.error,
      ])}
    />
  );
}
