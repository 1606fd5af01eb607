import { cleanValue } from "#lib/users/clean-value.ts";

/** The name of a unit or list as groups are named: in one line, and nothing in it that cannot be stored. */
export const cleanName = (text: string): string => cleanValue(text.replaceAll("\0", " "));
