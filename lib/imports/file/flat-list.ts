import { type FileFault, fileFault } from "#lib/uploads/file-fault.ts";
import { fileLimits } from "#lib/uploads/limits.ts";
import { readEmailAddress } from "#lib/users/email-address.ts";
import { shownCell } from "#lib/users/shown-cell.ts";
import { cleanCell } from "./clean-cell.ts";
import type { Place } from "./cut-records.ts";
import { isBlankRow } from "./find-delimiter.ts";
import { firstLine, type LineField } from "./first-line.ts";
import { tooManyColumns } from "./header-faults.ts";
import { headerMeaning } from "./header-names.ts";
import { mapSuite } from "./map-suite.ts";
import type { Delimiter } from "./scan-record.ts";

export interface FlatList {
  ok: true;
  /** The names at the beginning of the first line; their number is that of the fields of each person. */
  header: string[];
  /** Where the first person begins. */
  start: Place;
}

/** Fields of the first line that are looked at before the file is taken. */
const fieldsLookedAt = 5000;

/**
 * A file whose first line goes on with data behind the column names, as lists are that lost their line ends. Null for
 * every other file; a fault when a person does not begin with an address.
 */
export function flatList(
  bytes: Buffer,
  { from, record, delimiter, final }: { from: number; record: number; delimiter: Delimiter; final: boolean },
): FlatList | FileFault | null {
  const { fields, whole } = firstLine(bytes, from, { delimiter, most: fieldsLookedAt, final });
  const texts = fields.map(({ text }) => text);
  const first = texts.findIndex(beginsPerson);
  if (first < 1) return null;
  const header = texts.slice(0, first);
  const { meanings } = mapSuite(header.map((text) => cleanCell(text)));
  if (!meanings.includes("email")) return null;
  if (meanings[0] !== "email") return addressNotFirst();
  if (first > fileLimits.columns) return tooManyColumns(`more than ${fileLimits.columns}`);
  const width = firstIsBad(texts, { first, whole }) ? knownNames(header) : first;
  for (let at = width; at < texts.length; at += width) {
    const cells = texts.slice(at, at + width);
    if (!beginsPerson(cells[0] ?? "") && !isGap(cells, width)) {
      return notAPerson({
        width,
        person: at / width,
        cell: meanings.includes("password") ? null : (cells[0] ?? ""),
      });
    }
  }
  return { ok: true, header, start: { offset: (fields[first - 1] as LineField).end, record } };
}

/** A single line of names and data without one address: nothing says where a person begins. */
export function flatWithoutAddress(cells: readonly string[]): FileFault | null {
  const width = knownNames(cells);
  if (width < 2 || cells.length < 2 * width || headerMeaning(cleanCell(cells[0] ?? "")) !== "email")
    return null;
  return notAPerson({ width, person: 1, cell: cells[width] ?? "" });
}

export function beginsPerson(cell: string): boolean {
  const text = cleanCell(cell);
  const reading = readEmailAddress(text);
  // A letter that no address may have fails its row and not the file.
  return reading.ok || (reading.reason === "not_ascii" && /^[^\s@]+@[^\s@]+$/.test(text));
}

/** Cells of nobody: a whole person without data, or what an empty line or a delimiter at the end leaves. */
export function isGap(cells: readonly string[], width: number): boolean {
  return (cells.length === width || cells.length === 1) && isBlankRow(cells);
}

function knownNames(header: readonly string[]): number {
  const unknown = header.findIndex((text) => headerMeaning(cleanCell(text)) === "unknown");
  return unknown < 0 ? header.length : unknown;
}

/**
 * Whether what looks like more column names, before the `first` address, is a person whose own address is missing or
 * wrong: then the next address is as far away as there are names that are known.
 */
function firstIsBad(texts: string[], { first, whole }: { first: number; whole: boolean }): boolean {
  const known = knownNames(texts.slice(0, first));
  if (known === 0 || first === known || /mail|manager|contact/i.test(texts[known] ?? "")) return false;
  const [near, far] = [texts[first + known], texts[2 * first]];
  const behind = texts.length - first;
  if (near === undefined) return whole && behind === known;
  if (!beginsPerson(near)) return false;
  if (far === undefined) return whole && (behind % first !== 0 || first % known === 0);
  return !beginsPerson(far) || first % known === 0;
}

function addressNotFirst(): FileFault {
  return fileFault(
    "flat_list",
    "The first line goes on with data behind the column names. In such a flat list Email ID must be the first column: put each person on a line of their own, or Email ID first.",
  );
}

/** `person` counts from 1; `cell` is null when it may be a password. */
export function notAPerson({
  width,
  person,
  cell,
}: {
  width: number;
  person: number;
  cell: string | null;
}): FileFault {
  const field = person * width + 1;
  const shown = cell === null ? "" : ` (${cell.trim() === "" ? "empty" : `“${shownCell(cell)}”`})`;
  return fileFault(
    "flat_list",
    `The first line goes on with data behind its ${width} column names, so the file was cut every ${width} fields. Field ${field}${shown}, where person ${person} begins, is not an e-mail address. Look for a missing or a surplus field there, or put each person on a line of their own.`,
  );
}

export function brokenFlatList(code: "record_too_long" | "quote_not_closed", person: number): FileFault {
  const what = code === "record_too_long" ? "is longer than 64 KiB" : "has a double quote that is not closed";
  return fileFault(
    "flat_list",
    `The file was read as a flat list, and person ${person} in it ${what}, so that nobody after it can be found. Put each person on a line of their own, or mend this one.`,
  );
}
