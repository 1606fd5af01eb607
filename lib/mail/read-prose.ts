import { findLink } from "./find-link.ts";

export const longestProse = 2000;

export type ProseReading = { ok: true; text: string | null } | { ok: false; sentence: string };

// Line breaks stay.
const controls = /(?!\n)\p{Cc}/u;
/** Marks that turn the direction of text, or that nobody sees; all but the joiners that scripts and emoji need. */
const invisible = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * What a person adds to a mail, as it is stored: plain text, its lines parted by "\n"; null when blank. Refused, with a
 * sentence, is what is too long (counted in characters) or holds what a mail program would make a link of.
 */
export function readProse(given: string): ProseReading {
  const text = given
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ")
    .replace(invisible, "")
    .trim();
  const sentence = faultOf(text);
  if (sentence) return { ok: false, sentence };
  return { ok: true, text: text === "" ? null : text };
}

function faultOf(text: string): string | null {
  if (!text.isWellFormed() || controls.test(text))
    return "This holds a character that cannot be shown. Delete it and type it again.";
  if (text.length > longestProse) {
    const { length } = [...text];
    if (length > longestProse)
      return `This has ${length.toLocaleString("en")} characters; ${longestProse.toLocaleString("en")} are the most. Shorten it.`;
  }
  const found = findLink(text);
  if (!found) return null;
  return `Mail programs would make a link of “${found.link}”. Leave it out: the mail has one link, its own.`;
}
