import type { ReactNode } from "react";
import { outcomeBadge } from "#app/_components/status-badges.tsx";
import { Table } from "#app/_components/table.tsx";
import type { Column } from "#app/_components/table-cell.tsx";
import { mailWord } from "#lib/mail/mail-standing.ts";
import type { ListedEntry } from "#lib/runs/list-entries.ts";
import { askedWord } from "#lib/runs/report-words.ts";

const askedFor = "Asked for";
const columns: Column[] = [
  { label: "Line", is: "figure", className: "font-mono quiet-cell" },
  { label: "Email ID", is: "name" },
  { label: askedFor },
  { label: "Outcome", is: "badge" },
  { label: "Reason", className: "whole-line sm:min-w-60" },
  { label: "Mail" },
];

/** `asks`: each row may ask for something of its own. */
export function ResultsTable({ entries, asks }: { entries: ListedEntry[]; asks: boolean }) {
  return (
    <Table
      label="Rows of the file"
      columns={columns.filter(({ label }) => asks || label !== askedFor)}
      rows={entries.map((entry) => [
        entry.line,
        entry.email,
        ...(asks ? [entry.askedFor ? askedWord(entry.askedFor) : "—"] : []),
        outcomeBadge(entry.outcome),
        reasonOf(entry),
        entry.mail && mailWord(entry.mail),
      ])}
    />
  );
}

function reasonOf({ reason, mendedIn }: ListedEntry): ReactNode {
  if (!mendedIn) return reason;
  return (
    <>
      {reason}{" "}
      <a className="link whitespace-nowrap" href={`../${mendedIn}`}>
        Tried again in a later run
      </a>
    </>
  );
}
