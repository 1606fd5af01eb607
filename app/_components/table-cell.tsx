import { isValidElement, type ReactNode } from "react";
import { Badge, type BadgeData } from "./badge.tsx";
import { dayText, isoText, momentText } from "./moment-text.ts";
import { number } from "./number.ts";

/** What a cell holds, by its column's kind; nothing of any kind is null. A moment or day is its milliseconds. */
export type Cell =
  | ReactNode
  /** name, link: the text, and what comes behind the column's `href`. */
  | readonly [text: string, tail: string]
  | BadgeData;

export type Column = {
  label: string;
  /** name: the row's header. moment, day: in the viewer's zone. figure: a count, faint where it is nothing. */
  is?: "name" | "link" | "figure" | "badge" | "moment" | "day";
  /** Of name and link: what comes before each tail. */
  href?: string;
  /** On each cell: `whole-line` takes one of its own on a phone, `bad` marks a count that should be nothing. */
  className?: string;
  /** Only where the table is made by a client component: shows what the cell holds. */
  show?: (cell: never) => ReactNode;
};

/** A name's text and tail. */
export function textOf(cell: Cell): [text: string, tail: string | undefined] {
  return Array.isArray(cell) ? [cell[0], cell[1]] : [String(cell ?? ""), undefined];
}

/** The cell as a `td`, or as `th` where it names its row. */
export function shown(column: Column, cell: Cell, utc: boolean): ReactNode {
  if (column.is === "name") return <Name column={column} cell={cell} />;
  const empty = cell === null || cell === undefined;
  return (
    <td data-label={column.label} className={classOf(column, cell)}>
      {empty ? null : held(column, cell, utc)}
    </td>
  );
}

function Name({ column: { href = "", className, show }, cell }: { column: Column; cell: Cell }) {
  const [text, tail] = textOf(cell);
  return (
    <th scope="row" className={className}>
      {show ? (
        show(cell as never)
      ) : isValidElement(cell) ? (
        cell
      ) : tail === undefined ? (
        text
      ) : (
        <a href={href + tail}>{text}</a>
      )}
    </th>
  );
}

function held({ is, href = "", show }: Column, cell: Cell, utc: boolean): ReactNode {
  if (show) return show(cell as never);
  // A word may stand where there is no such number: "now", "never".
  if (typeof cell === "number") return is === "figure" ? number(cell) : timeOf(cell, is === "day", utc);
  if (!Array.isArray(cell)) return cell as ReactNode;
  const [first, second] = cell;
  return is === "badge" ? <Badge tone={first}>{second}</Badge> : <a href={href + second}>{first}</a>;
}

const timeOf = (at: number, day: boolean, utc: boolean): ReactNode => (
  <time dateTime={isoText(at)}>{day ? dayText(at, utc) : momentText(at, utc)}</time>
);

function classOf({ is, className }: Column, cell: Cell): string | undefined {
  if (is !== "figure") return className;
  if (cell === 0) return "figure none";
  return className ? `figure ${className}` : "figure";
}
