const breaks = /[\t\r\n\u2028\u2029]+/g;
/** Invisible at the ends of a value: zero width space, word joiner, byte order mark. */
const outer = /^[\u200b\u2060\ufeff]+|(?<![\u200b\u2060\ufeff])[\u200b\u2060\ufeff]+$/g;
/** C0, DEL and C1. */
const controls = /\p{Cc}/u;
const directionOverrides = /[\u202a-\u202e\u2066-\u2069]/;

/** Printable ASCII without outer blanks, as most values are: nothing to clean, and nothing odd in it. */
const tidy = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** A value as it is stored: line breaks and tabs become one blank, outer blanks go. Nothing else is changed. */
export const cleanValue = (text: string): string =>
  tidy.test(text) ? text : text.replace(breaks, " ").trim().replace(outer, "").trim();

export type OddValue =
  | { code: "control_character" | "direction_override"; codePoint: string }
  | { code: "too_long"; length: number };

/** What no value of a person may hold, whatever its field; `longest` is in characters (code points). */
export function oddValue(value: string, longest: number): OddValue | null {
  if (value.length <= longest && tidy.test(value)) return null;
  const control = controls.exec(value);
  if (control) return { code: "control_character", codePoint: codePointOf(control[0]) };
  const override = directionOverrides.exec(value);
  if (override) return { code: "direction_override", codePoint: codePointOf(override[0]) };
  if (value.length <= longest) return null;
  const length = [...value].length;
  return length > longest ? { code: "too_long", length } : null;
}

/** "U+202E" */
export function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
