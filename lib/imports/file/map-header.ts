import { fieldLabel, type ImportField, standardFields } from "../fields.ts";
import { cleanCell, shownCell } from "./clean-cell.ts";
import { columnLetter } from "./column-letter.ts";
import { type FileFault, fileFault } from "./file-fault.ts";
import { tooManyColumns } from "./header-faults.ts";
import { headerMeaning } from "./header-names.ts";
import { fileLimits } from "./limits.ts";

export interface HeaderMapping {
  ok: true;
  /** As written, without empty ones at the end; their number is the number of fields a row must have. */
  headers: string[];
  /** What each column holds; null when it is not read. */
  columns: (ImportField | "password" | null)[];
  /** Headers that mean nothing here. */
  ignored: string[];
  /** Labels of the standard columns that the file does not have. */
  absent: string[];
}

/** Gives each column of the header its field. */
export function mapHeader(cells: readonly string[]): HeaderMapping | FileFault {
  const headers = withoutEmptyEnd(cells.map(headerText));
  if (headers.length > fileLimits.columns) return tooManyColumns(headers.length);
  const meanings = headers.map(headerMeaning);
  const doubled = claimedTwice(meanings);
  if (doubled) return doubled;
  if (!meanings.includes("email")) return noEmailColumn(headers);
  return {
    ok: true,
    headers,
    columns: meanings.map((meaning) => (meaning === "unknown" ? null : meaning)),
    ignored: headers
      .filter((header, index) => header !== "" && meanings[index] === "unknown")
      .map((h) => shownCell(h)),
    absent: standardFields.filter((field) => !meanings.includes(field)).map(fieldLabel),
  };
}

/** No column's name needs a control character, and Postgres takes no NUL. */
function headerText(cell: string): string {
  return cleanCell(cell).replace(/\p{Cc}/gu, "\ufffd");
}

function withoutEmptyEnd(headers: string[]): string[] {
  return headers.slice(0, headers.findLastIndex((header) => header !== "") + 1);
}

function claimedTwice(meanings: string[]): FileFault | null {
  for (const [index, meaning] of meanings.entries()) {
    const first = meanings.indexOf(meaning);
    if (first === index || meaning === "unknown" || meaning === "password") continue;
    const label = fieldLabel(meaning as ImportField);
    const places = `${columnLetter(first)} and ${columnLetter(index)}`;
    return fileFault(
      "two_columns_one_field",
      `Two columns claim ${label}: ${places}. Rename or remove one of them and upload the file again.`,
    );
  }
  return null;
}

function noEmailColumn(headers: string[]): FileFault {
  const names = headers
    .slice(0, 20)
    .map((header) => `“${shownCell(header, 40)}”`)
    .join(", ");
  const found = headers.length > 20 ? `${names} and ${headers.length - 20} more` : names || "none";
  const hint = headers.some((header) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(header))
    ? " The first line seems to hold a person already: put a line with the column names above it."
    : " Name the column with the addresses “Email ID”.";
  return fileFault("no_email_column", `The file has no Email ID column. Headers found: ${found}.${hint}`);
}
