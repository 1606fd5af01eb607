"use client";
import { number } from "#app/_components/number.ts";
import { Table } from "#app/_components/table.tsx";
import type { Cell, Column } from "#app/_components/table-cell.tsx";
import type { Details, Who } from "./event-row.ts";

/** `rows` as `eventRow` makes them. */
export function EventsTable({ rows, base }: { rows: Cell[][]; base: string }) {
  return <Table label="Events" columns={columnsOf(base)} rows={rows} />;
}

const columnsOf = (base: string): Column[] => [
  { label: "What", is: "name" },
  { label: "When", is: "moment" },
  { label: "Who", className: "narrow", show: whoShown },
  { label: "On whom", is: "link", href: `${base}/users/`, className: "narrow whole-line" },
  {
    label: "Before and after",
    className: "whole-line details",
    show: (details: Details) => detailsShown(details, `${base}/runs/`),
  },
  { label: "Seal", className: "quiet-cell", show: sealShown },
];

const sealShown = (position: number) =>
  position === 0 ? "not sealed yet" : `sealed, position ${number(position)}`;

const whoShown = ([name, ip, system]: Who) => (
  <>
    {name}
    {system && <i> (system)</i>}
    {ip && <small>{`from ${ip}`}</small>}
  </>
);

// Text in one piece where it can be: between two pieces React writes a comment.
const detailsShown = ([changes, facts, run]: Details, runs: string) => (
  <>
    {changes.map(([field, before, after]) => (
      <p key={field}>
        <i>{`${field}:`}</i>
        {valued(before)}
        <span className="became">became</span>
        {valued(after)}
      </p>
    ))}
    {facts.map(([name, value]) => (
      <p key={name}>
        <i>{`${name}:`}</i>
        {valued(value)}
      </p>
    ))}
    {run && (
      <p>
        <i>Run:</i> {run[1] ? <a href={runs + run[1]}>{run[0]}</a> : run[0]}
      </p>
    )}
  </>
);

const valued = (value: string | null) => (value === null ? <i> empty </i> : ` ${value} `);
