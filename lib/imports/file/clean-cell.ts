import { cleanValue } from "#lib/users/clean-value.ts";

/** What a cell may begin with that a spreadsheet takes for a formula (ASVS 5.0, V1.2.10), with its full-width forms. */
const guarded = /^'[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;

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
