"use client";
import { Badge, type BadgeData } from "#app/_components/badge.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Cell, Column } from "#app/_components/table-cell.tsx";

/** The mail's badge, and until when it waits, in milliseconds. */
export type MailCell = readonly [...BadgeData, until: number | null];

/** Which buttons a row has: of an open invitation all, of one that ran out Resend alone. */
export type WaysCell = readonly ["open" | "expired", id: string];

type Props = {
  /** Address and id, name, state, mail, who invited, when, until when, buttons. */
  rows: Cell[][];
  here: string;
  /** Whoever looks may do something about them; the buttons belong to the form around the table. */
  changes: boolean;
};

export function InvitationsTable({ rows, here, changes }: Props) {
  const columns: Column[] = [
    { label: "Invited", is: "name", href: `${here}/` },
    { label: "Name" },
    { label: "State", is: "badge" },
    { label: "Mail", show: mailCell },
    { label: "Invited by" },
    { label: "When", is: "day" },
    { label: "Expires", is: "day" },
  ];
  if (changes) columns.push({ label: "Actions", className: "whole-line", show: waysCell });
  return <Table label="Invitations" columns={columns} pick={changes} rows={rows} />;
}

function mailCell([tone, label, until]: MailCell) {
  return (
    <>
      <Badge tone={tone}>{label}</Badge>
      {until && (
        <>
          {" until "}
          <Moment at={new Date(until)} />
        </>
      )}
    </>
  );
}

const words = { resend: "Resend", revoke: "Revoke", copy: "Copy link" };
const buttonsOf = { open: ["resend", "revoke", "copy"], expired: ["resend"] } as const;

function waysCell([state, id]: WaysCell) {
  return (
    <span className="flex flex-wrap gap-1">
      {buttonsOf[state].map((what) => (
        <button key={what} type="submit" className="btn btn-quiet btn-xs" name="one" value={`${what} ${id}`}>
          {words[what]}
        </button>
      ))}
    </span>
  );
}
