import { fileLimits } from "#lib/uploads/limits.ts";
import { cleanCell } from "./clean-cell.ts";
import { firstLine } from "./first-line.ts";
import { type HeadRecord, headRecords } from "./head-records.ts";
import { headerMeaning } from "./header-names.ts";
import type { Delimiter } from "./scan-record.ts";

const candidates: readonly Delimiter[] = [",", ";", "\t", "|"];
const recordsLookedAt = 20;

export interface DelimiterFinding {
  delimiter: Delimiter;
  /** The first record that is neither blank nor a line for programs; absent when there is none. */
  header: HeadRecord | undefined;
}

/** The delimiter under which the header names most fields, then under which most records have its width. */
export function findDelimiter(bytes: Buffer, whole: boolean): DelimiterFinding {
  const tried = candidates.map((delimiter) => tryDelimiter(bytes, delimiter, whole));
  return tried.reduce((best, next) => (next.score > best.score ? next : best));
}

function tryDelimiter(
  bytes: Buffer,
  delimiter: Delimiter,
  whole: boolean,
): DelimiterFinding & { score: number } {
  let header: HeadRecord | undefined;
  const widths: number[] = [];
  for (const record of headRecords(bytes, delimiter, whole)) {
    if (!header) {
      if (!record.cells || !isPassedOver(record.cells)) header = record;
    } else if (record.cells) {
      widths.push(record.cells.length);
    }
    if (widths.length === recordsLookedAt) break;
  }
  const names = header?.cells ?? leadingCells(bytes, delimiter, header);
  const known = names.filter((name) => headerMeaning(cleanCell(name)) !== "unknown").length;
  const agreeing = names.length > 1 ? widths.filter((width) => width === names.length).length : 0;
  return { delimiter, header, score: known * 1e6 + agreeing * 1e3 + Math.min(names.length, 999) };
}

/** Of a first line that is too long to be a header: it may be a flat list. */
function leadingCells(bytes: Buffer, delimiter: Delimiter, header: HeadRecord | undefined): string[] {
  if (!header) return [];
  return firstLine(bytes, header.start, { delimiter, most: fileLimits.columns, final: false }).fields.map(
    ({ text }) => text,
  );
}

export function isBlankRow(cells: readonly string[]): boolean {
  const first = cells[0]?.charCodeAt(0) ?? 0;
  // Of nearly all rows the first cell begins with a letter.
  if (first > 0x40 && first < 0x7f) return false;
  return cells.every(
    (cell) =>
      cell === "" || ((cell.charCodeAt(0) <= 0x20 || cell.charCodeAt(0) > 0x7e) && cleanCell(cell) === ""),
  );
}

/** Blank, or a line that stands before the header for a program: Entra ID's "version:v1.0", Excel's "sep=;". */
function isPassedOver(cells: readonly string[]): boolean {
  return isBlankRow(cells) || (/^\s*(version:|sep=)/i.test(cells[0] ?? "") && isBlankRow(cells.slice(1)));
}
