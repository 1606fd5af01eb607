/** Joiners and other signs that nobody sees: they hide a link from a pattern, and not from a mail program. */
const unseen = /\p{Cf}|\ufe0f/gu;
/**
 * Of one word, and with no repetition in it, so that it never goes over a long word twice. After a wide full stop only
 * Latin letters make a domain of it: it ends a sentence in East Asian text.
 */
const pattern =
  /[\p{L}\p{N}]:\/\/|(?<![\p{L}\p{N}])(?:mailto|tel|sms|javascript|data|file|callto|skype):\S|\S[@＠]\S|(?<![\p{L}\p{N}])www\.\S|[\p{L}\p{N}_-]\.\p{L}{2}|[\p{L}\p{N}_-][。．｡][a-z]{2}/iu;
const longestShown = 60;

/**
 * The first word of a text that mail programs would make a link of, shortened to be quoted, and its line, counted from 1;
 * null where there is none.
 */
export function findLink(text: string): { link: string; line: number } | null {
  for (const [at, line] of text.split("\n").entries()) {
    const words = line.replace(unseen, "").split(/\s+/);
    const found = words.find((word) => pattern.test(word));
    if (found === undefined) continue;
    const link = found.length > longestShown ? `${found.slice(0, longestShown - 1)}…` : found;
    return { link, line: at + 1 };
  }
  return null;
}
