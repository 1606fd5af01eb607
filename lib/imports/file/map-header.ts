import { type FileFault, fileFault } from "#lib/uploads/file-fault.ts";
import { fileLimits } from "#lib/uploads/limits.ts";
import { shownCell } from "#lib/users/shown-cell.ts";
import { fieldLabel, type ImportField, standardFields } from "../fields.ts";
import { cleanCell } from "./clean-cell.ts";
import { columnLetter } from "./column-letter.ts";
import { tooManyColumns } from "./header-faults.ts";
import { mapSuite, type SuiteMapping } from "./map-suite.ts";

export interface HeaderMapping {
  ok: true;
  /** As written, without empty ones at the end; their number is the number of fields a row must have. */
  headers: string[];
  /** What each column holds; null when it is not read. */
  columns: ColumnMeaning[];
  /** Headers that mean nothing here. */
  ignored: string[];
  /** Labels of the standard columns that the file does not have. */
  absent: string[];
}

export type ColumnMeaning = ImportField | "password" | null;

/** What the header alone says about a file. */
export type HeaderFinding = HeaderMapping & Pick<SuiteMapping, "suite" | "standIn" | "passOver">;

export interface HeaderFault extends FileFault {
  /** What could be guessed, when a person can map the rest: columns that claim one field are null. */
  guess?: HeaderFinding;
}

/** Gives each column of the header its field. */
export function mapHeader(cells: readonly string[]): HeaderFinding | HeaderFault {
  const headers = withoutEmptyEnd(cells.map(headerText));
  if (headers.length > fileLimits.columns) return tooManyColumns(headers.length);
  const { meanings, ...suite } = mapSuite(headers);
  const columns = meanings.map((meaning) => (meaning === "unknown" ? null : meaning));
  const mapping = mapColumns(headers, columns);
  if (mapping.ok) return { ...mapping, ...suite };
  // A first line that is a person must not be mapped: it would be lost.
  if (headers.some(isAddress)) return mapping;
  const unsure = columns.map((field) => (field !== "password" && isDoubled(columns, field) ? null : field));
  return { ...mapping, guess: { ...mappingOf(headers, unsure), ...suite } };
}

/** The mapping that a person chose; `headers` as a layout has them. Refused unless one column holds the address and none is doubled. */
export function mapColumns(headers: string[], columns: ColumnMeaning[]): HeaderMapping | FileFault {
  if (headers.length !== columns.length) throw new Error("Every column needs a meaning, if only null.");
  const doubled = claimedTwice(headers, columns);
  if (doubled) return doubled;
  return columns.includes("email") ? mappingOf(headers, columns) : noEmailColumn(headers);
}

function mappingOf(headers: string[], columns: ColumnMeaning[]): HeaderMapping {
  return {
    ok: true,
    headers,
    columns,
    ignored: headers
      .filter((header, index) => header !== "" && columns[index] === null)
      .map((header) => shownCell(header)),
    absent: standardFields.filter((field) => !columns.includes(field)).map(fieldLabel),
  };
}

/** No column's name needs a control character, and Postgres takes no NUL. */
function headerText(cell: string): string {
  return cleanCell(cell).replace(/\p{Cc}/gu, "\ufffd");
}

function withoutEmptyEnd(headers: string[]): string[] {
  return headers.slice(0, headers.findLastIndex((header) => header !== "") + 1);
}

function isDoubled(columns: ColumnMeaning[], field: ColumnMeaning): boolean {
  return columns.indexOf(field) !== columns.lastIndexOf(field);
}

function claimedTwice(headers: string[], columns: ColumnMeaning[]): FileFault | null {
  const field = columns.find((one) => one !== null && one !== "password" && isDoubled(columns, one));
  if (!field) return null;
  const places = columns.flatMap((one, index) =>
    one === field ? [`${columnLetter(index)} (“${shownCell(headers[index] ?? "", 40)}”)`] : [],
  );
  const named = `${places.slice(0, -1).join(", ")} and ${places.at(-1)}`;
  const count = places.length === 2 ? "Two" : String(places.length);
  return fileFault(
    "two_columns_one_field",
    `${count} columns claim ${fieldLabel(field as ImportField)}: ${named}. Rename or remove all but one and upload the file again.`,
  );
}

/** Nothing longer is an address, and the pattern takes the square of the length. */
const longestAddress = 254;

function isAddress(header: string): boolean {
  return header.length <= longestAddress && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(header);
}

function addressList(): FileFault {
  return {
    ...fileFault(
      "address_list",
      "The file is a plain list of addresses. Bulk Invite takes such lists; for Import, put a line with “Email ID” above them.",
    ),
    belongsTo: "bulk_invite",
  };
}

function noEmailColumn(headers: string[]): FileFault {
  if (headers.length > 0 && headers.every((header) => header === "" || isAddress(header)))
    return addressList();
  const names = headers
    .slice(0, 20)
    .map((header) => `“${shownCell(header, 40)}”`)
    .join(", ");
  const found = headers.length > 20 ? `${names} and ${headers.length - 20} more` : names || "none";
  const hint = headers.some(isAddress)
    ? " The first line seems to hold a person already: put a line with the column names above it."
    : " Name the column with the addresses “Email ID”.";
  return fileFault("no_email_column", `The file has no Email ID column. Headers found: ${found}.${hint}`);
}
