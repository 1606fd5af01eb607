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

/** A list asks the same for everybody; a directory has no lines, and says of each whether they are there. */
const columnsOf: Record<Of, Column[]> = {
  file: columns,
  list: columns.filter(({ label }) => label !== askedFor),
  directory: columns
    .slice(1)
    .map((column) => (column.label === askedFor ? { ...column, label: "In the directory" } : column)),
};

type Outcome = ListedEntry["outcome"];
type Of = "file" | "list" | "directory";

type Props = {
  entries: ListedEntry[];
  of: Of;
  /** What each outcome is called. */
  words: Record<Outcome, string>;
};

export function ResultsTable({ entries, of, words }: Props) {
  return (
    <Table
      label={of === "directory" ? "People" : "Rows of the file"}
      columns={columnsOf[of]}
      rows={entries.map((entry) => [
        ...(of === "directory" ? [] : [entry.line]),
        entry.email,
        ...(of !== "list" ? [entry.askedFor ? askedWord(entry.askedFor) : "—"] : []),
        outcomeBadge(entry.outcome, words),
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
