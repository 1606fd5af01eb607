"use client";
import { Badge, type BadgeData } from "#app/_components/badge.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Cell, Column } from "#app/_components/table-cell.tsx";

/** A badge, and until when it is so, in milliseconds: a mail waits, an invitation is open. */
export type LastingCell = readonly [...BadgeData, until: number | null];

/** The address, the invitation's id, and the person's name, if there is one. */
export type WhoCell = readonly [email: string, id: string, name: string | null];

/** Which buttons a row has: of an open invitation all, of one that ran out Resend alone. */
export type WaysCell = readonly ["open" | "expired", id: string];

type Props = {
  /** Who, state, mail, who invited, when, buttons. */
  rows: Cell[][];
  here: string;
  /** Whoever looks may do something about them; the buttons belong to the form around the table. */
  changes: boolean;
};

export function InvitationsTable({ rows, here, changes }: Props) {
  const columns: Column[] = [
    { label: "Invited", is: "name", show: (cell: WhoCell) => <Who cell={cell} here={here} /> },
    { label: "State", show: (cell: LastingCell) => <Lasting cell={cell} only="day" /> },
    { label: "Mail", show: (cell: LastingCell) => <Lasting cell={cell} /> },
    { label: "Invited by" },
    { label: "When", is: "day" },
  ];
  if (changes) columns.push({ label: "Actions", className: "whole-line", show: waysCell });
  return <Table label="Invitations" columns={columns} pick={changes} rows={rows} />;
}

function Who({ cell: [email, id, name], here }: { cell: WhoCell; here: string }) {
  return (
    <>
      <a href={`${here}/${id}`}>{email}</a>
      {name && <div className="text-base-content/75">{name}</div>}
    </>
  );
}

function Lasting({ cell: [tone, label, until], only }: { cell: LastingCell; only?: "day" }) {
  return (
    <>
      <Badge tone={tone}>{label}</Badge>
      {until && (
        <span className={`block text-xs ${only ? "whitespace-nowrap" : ""}`}>
          until <Moment at={new Date(until)} {...(only && { only })} />
        </span>
      )}
    </>
  );
}

const words = { resend: "Resend", revoke: "Revoke", copy: "Copy link" };
const buttonsOf = { open: ["resend", "revoke", "copy"], expired: ["resend"] } as const;

function waysCell([state, id]: WaysCell) {
  return (
    <span className="flex gap-1">
      {buttonsOf[state].map((what) => (
        <button key={what} type="submit" className="btn btn-quiet btn-xs" name="one" value={`${what} ${id}`}>
          {words[what]}
        </button>
      ))}
    </span>
  );
}
