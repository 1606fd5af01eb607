import { cleanValue } from "#lib/users/clean-value.ts";

/** What a cell may begin with that a spreadsheet takes for a formula (ASVS 5.0, V1.2.10), with its full-width forms. */
const guarded = /^'[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;
const breaks = /[\t\r\n\u2028\u2029]+/g;

/**
 * The data of a cell: line breaks and tabs become one blank, outer blanks go, and so does the quote that downloads put
 * before what looks like a formula. Nothing else is changed.
 */
export function cleanCell(cell: string): string {
  return cleanValue(guarded.test(cell) ? cell.slice(1) : cell);
}

/** Whether `cleanCell` has nothing to do at the ends of a cell whose characters are all letters, signs and U+0020. */
export function hasCleanEnds(cell: string): boolean {
  const first = cell.charCodeAt(0);
  return first !== 0x27 && first !== 0x20 && cell.charCodeAt(cell.length - 1) !== 0x20;
}

/** Text that a sentence may quote: short, in one line, controls and direction marks made visible. */
export function shownCell(cell: string, longest = 60): string {
  const text = cell
    .slice(0, longest * 4)
    .replace(hidden, "\ufffd")
    .replace(breaks, " ")
    .trim();
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
}

const hidden = /(?![\t\r\n])[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
