import { addressFault } from "#lib/users/address-fault.ts";
import { oddValue } from "#lib/users/clean-value.ts";
import { languageChoices } from "#lib/users/language.ts";
import { shownCell } from "#lib/users/shown-cell.ts";
import { cleanCell } from "./clean-cell.ts";
import { columnLetter } from "./column-letter.ts";
import { nearStatus } from "./near-status.ts";

/** Why a row of a file fails; `sentence` names line and column and says what to do. */
export interface Problem {
  /** Index of the column; null when the whole row is at fault. */
  column: number | null;
  code: ProblemCode;
  sentence: string;
}

export type ProblemCode =
  | "short_row"
  | "long_row"
  | "record_too_long"
  | "quote_not_closed"
  | "control_character"
  | "direction_override"
  | "too_long"
  | "missing_address"
  | "invalid_address"
  | "foreign_domain"
  | "missing_status"
  | "unknown_status"
  | "unknown_language"
  | "header_again";

export interface CellColumn {
  index: number;
  /** As the file has it. */
  header: string;
  /** The longest value, in characters. */
  limit: number;
}

type Place = readonly [column: CellColumn, line: number];

function at([{ index, header }, line]: Place, code: ProblemCode, text: string): Problem {
  return {
    column: index,
    code,
    sentence: `Line ${line}, column ${columnLetter(index)} (${header}): ${text}`,
  };
}

/** What no value may hold, whatever its field. */
export function textProblem(value: string, ...place: Place): Problem | null {
  const [{ limit }] = place;
  const odd = oddValue(value, limit);
  if (!odd) return null;
  if (odd.code === "too_long") {
    const text = `the value has ${odd.length} characters; ${limit} is the most. Shorten it.`;
    return at(place, odd.code, text);
  }
  const what =
    odd.code === "control_character"
      ? "a control character"
      : "an invisible character that turns the direction of text";
  return at(place, odd.code, `the value holds ${what} (${odd.codePoint}). Remove it.`);
}

export function addressProblem(value: string, domains: ReadonlySet<string>, ...place: Place): Problem | null {
  if (value === "") return at(place, "missing_address", "the address is missing. Every row needs one.");
  const fault = addressFault(value, domains);
  return fault && at(place, fault.code, fault.text);
}

export function statusProblem(value: string, ...place: Place): Problem {
  if (value === "") {
    return at(
      place,
      "missing_status",
      "the status is missing. Write New, Update, Delete or Activate, or remove the column.",
    );
  }
  const near = nearStatus(value);
  const hint = near ? `Did you mean ${near}? ` : "";
  return at(
    place,
    "unknown_status",
    `“${shownCell(value)}” is not a status. ${hint}Write New, Update, Delete or Activate.`,
  );
}

export function languageProblem(value: string, ...place: Place): Problem {
  const text = `“${shownCell(value)}” is not a language that mails are written in. Write ${languageChoices}, or leave it empty.`;
  return at(place, "unknown_language", text);
}

/** A row with too few or too many fields; null when only empty ones are too many. */
export function widthProblem(cells: readonly string[], width: number, line: number): Problem | null {
  const count = cells.length;
  const has = `Line ${line} has ${count === 1 ? "1 field" : `${count} fields`} where the header has ${width}`;
  if (count < width) {
    return {
      column: null,
      code: "short_row",
      sentence: `${has}. Add the missing ones, also when they are empty.`,
    };
  }
  const surplus = cells.findIndex((cell, index) => index >= width && cell.trim() !== "");
  if (surplus < 0) return null;
  const sentence = `${has}: column ${columnLetter(surplus)} has no header. Put a value that holds the delimiter in double quotes.`;
  return { column: surplus, code: "long_row", sentence };
}

/** Null unless the row repeats the names of the columns, as files do that were put together from several. */
export function headerProblem(
  cells: readonly string[],
  headers: readonly string[],
  line: number,
): Problem | null {
  const same = (header: string, index: number) =>
    cleanCell(cells[index] ?? "").toLowerCase() === header.toLowerCase();
  if (!headers.every(same)) return null;
  const sentence = `Line ${line} is the header again, with the names of the columns and no person. Remove the line.`;
  return { column: null, code: "header_again", sentence };
}

export function brokenRecordProblem(code: "record_too_long" | "quote_not_closed", line: number): Problem {
  const sentence =
    code === "record_too_long"
      ? `Line ${line} is longer than 64 KiB. Shorten it, or look for a missing line end or closing quote.`
      : `Line ${line} has a double quote that is not closed, or text after the closing one. Close it, and write a quote inside a value twice.`;
  return { column: null, code, sentence };
}
