"use client";
import { Fragment, type ReactNode } from "react";
import { useServedZone } from "./moment.tsx";
import { type Cell, type Column, shown, textOf } from "./table-cell.tsx";

type Props = {
  label: string;
  columns: Column[];
  dense?: boolean;
  /** A box before each row, `pick.{tail}` by the second part of its name. */
  pick?: boolean;
} & ({ rows: Cell[][]; children?: never } | { rows?: never; children: ReactNode });

/**
 * A table that scrolls within itself on a narrow screen, reachable by keyboard, and shows its rows as cards on a phone.
 * Rows are data, a cell a column: they stand in the page once, and are hydrated as one.
 *
 *     <Table
 *       label="Invitations"
 *       columns={[
 *         { label: "Name", is: "name", href: `${base}/users/` },
 *         { label: "Email", className: "whole-line" },
 *         { label: "State", is: "badge" },
 *         { label: "Sent", is: "moment" },
 *         { label: "Opened", is: "figure" },
 *       ]}
 *       rows={invitations.map(({ name, userId, email, sentAt, opened }) => [
 *         [name, userId], email, ["good", "Sent"], sentAt.getTime(), opened,
 *       ])}
 *     />
 *
 * A cell may hold an element, and where a whole table is one of forms it is given as rows of HTML (`children`); each of
 * both is then sent twice, as HTML and as what React makes of it.
 */
export function Table({ label, columns, dense = false, pick = false, rows, children }: Props) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keyboard
      tabIndex={0}
      className="roll-scroll"
    >
      <table className={dense ? "roll-table dense" : "roll-table"}>
        <thead>
          <tr>
            {pick && <th scope="col">Pick</th>}
            {columns.map(({ label: name, is }) => (
              <th key={name} scope="col" className={is === "figure" ? is : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows ? <Rows columns={columns} rows={rows} pick={pick} /> : children}</tbody>
      </table>
    </section>
  );
}

type RowsProps = { columns: Column[]; rows: Cell[][]; pick: boolean };

function Rows({ columns, rows, pick }: RowsProps) {
  const utc = useServedZone();
  const name = columns.findIndex(({ is }) => is === "name");
  return rows.map((cells, at) => {
    const [text, tail] = textOf(cells[name]);
    return (
      // By what it is about, so that a tick stays with its person when rows come and go.
      <tr key={tail ?? at}>
        {pick && (
          <td data-label="Pick">
            <input type="checkbox" name={`pick.${tail}`} aria-label={`Pick ${text}`} />
          </td>
        )}
        {columns.map((column, of) => (
          <Fragment key={column.label}>{shown(column, cells[of], utc)}</Fragment>
        ))}
      </tr>
    );
  });
}
