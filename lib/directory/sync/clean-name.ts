import { cleanValue } from "#lib/users/clean-value.ts";
import { shownCell } from "#lib/users/shown-cell.ts";

/** In characters: what is much longer has no place in the index of names. */
const longest = 200;

/** The name of a unit or list as groups are named: short, in one line, and nothing in it that cannot be stored or seen. */
export const cleanName = (text: string): string => shownCell(cleanValue(text.replaceAll("\0", " ")), longest);
