import type { RosterLayout } from "./inspect-head.ts";
import type { JudgedRow } from "./judge-row.ts";
import type { ProblemCode } from "./problem.ts";

/** With these problems nobody knows which cell belongs to which column. */
const wholeRow = new Set<ProblemCode>(["short_row", "long_row", "record_too_long", "quote_not_closed"]);

/**
 * The cells of a failed row as JSON, for the file of failed rows. Passwords never get out of here: where a row has the
 * wrong width its cells may be shifted, so of a file with a password column only the address is kept then.
 */
export function rawCells(
  cells: readonly string[],
  row: JudgedRow,
  { columns }: Pick<RosterLayout, "columns">,
): string {
  const secret = columns.includes("password");
  if (!secret) return toJson(cells);
  if (row.problems.some(({ code }) => wholeRow.has(code))) {
    return toJson(columns.map((field) => (field === "email" ? (row.email ?? "") : "")));
  }
  return toJson(columns.map((field, index) => (field === "password" ? "" : (cells[index] ?? ""))));
}

/** Postgres takes NUL neither in text nor in JSON. */
function toJson(cells: readonly string[]): string {
  return JSON.stringify(cells.map((cell) => cell.replaceAll("\0", "\ufffd")));
}
