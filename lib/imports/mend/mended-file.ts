import type { FailedRows } from "#lib/runs/list-failed-rows.ts";
import { fieldLabel } from "../fields.ts";
import { mapHeader } from "../file/map-header.ts";

/** A failed line as corrected: its cells by the index of their column, and what is left of cells beyond the header. */
export type MendedRow = { position: number; cells: Readonly<Record<number, string>>; surplus: string };

type Columns = FailedRows["columns"];

/** The rows as a CSV file in UTF-8, with the headers of their own file, and with the cells that are not read as they were. */
export function mendedFile({ columns, rows }: FailedRows, mended: readonly MendedRow[]): Buffer {
  const kept = mapsAlike(columns) ? columns.map(own) : columns.map(labelled);
  const raw = new Map(rows.map((row) => [row.position, row.cells]));
  const records = mended.map(({ position, cells }) =>
    columns.map(({ field }, at) => (field ? cells[at] : raw.get(position)?.[at]) ?? ""),
  );
  const all = [columns.map((_, at) => kept[at] ?? ""), ...records];
  return Buffer.from(all.map((cells) => record(cells.filter((_, at) => kept[at] !== null))).join(""));
}

export const isBlank = (columns: Columns, { cells }: MendedRow): boolean =>
  columns.every(({ field }, at) => !field || (cells[at] ?? "").trim() === "");

const own = ({ header }: Columns[number]): string | null => header;
/** Columns that were mapped by hand go under the names of their fields; the others, which may claim one, are left out. */
const labelled = ({ field }: Columns[number]): string | null => field || null;

/** Whether the headers alone give each column the meaning that it had. */
function mapsAlike(columns: Columns): boolean {
  const found = mapHeader(columns.map(({ header }) => header));
  if (!found.ok || found.columns.length !== columns.length) return false;
  return found.columns.every((meaning, at) => {
    const label = meaning === null || meaning === "password" ? "" : fieldLabel(meaning);
    return label === columns[at]?.field;
  });
}

/** RFC 4180, every cell quoted: no delimiter is guessed wrong. */
const record = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\r\n`;
