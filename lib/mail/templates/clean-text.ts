const longestName = 100;
const longestProse = 2000;
/** Of a text that nobody checked before; what is kept is far shorter. */
const mostRead = 10_000;
// C0 and C1 controls, line and paragraph separators; then marks that reorder or hide text (Unicode UAX 9, tag characters).
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const hidden = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
const wordJoiner = "\u2060";

/** One line without controls, bidi overrides or invisible marks, fit for a header. Lone surrogates become U+FFFD. */
export function stripControls(value: string): string {
  return value.toWellFormed().replace(controls, " ").replace(hidden, "").trim();
}

/**
 * A name as mail programs will show it but not turn into a link: a word joiner, which has no width, goes where
 * "http://x", "x.example" and "a@x" would be recognised. Cut after 100 characters.
 */
export function plainName(value: string): string {
  return unlinked(cut(stripControls(value.slice(0, mostRead)), longestName));
}

/** The same of several lines, at most one in two of them empty. Cut after 2,000 characters. */
export function plainProse(value: string): string {
  const lines = value
    .slice(0, mostRead)
    .split(/\r\n?|[\n\u0085\u2028\u2029]/)
    .map(stripControls);
  return unlinked(
    cut(
      lines
        .join("\n")
        .replace(/\n{3,}/g, "\n\n")
        .trim(),
      longestProse,
    ),
  );
}

function cut(value: string, longest: number): string {
  if (value.length <= longest) return value;
  const letters = [...value];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join("")}…` : value;
}

/** With its middle left out, so that the ending of a file's name stays. */
export function shortened(value: string, longest: number): string {
  const letters = [...value];
  if (letters.length <= longest) return value;
  const ending = Math.floor(longest / 5);
  return `${letters.slice(0, longest - ending - 1).join("")}…${letters.slice(-ending).join("")}`;
}

// The wide forms end a sentence in East Asian text; some programs read them as a dot before Latin letters.
const joints = /[.:/@\\](?=\S)|[。．｡：／＠](?=[a-z0-9])/giu;

const unlinked = (value: string): string => value.replace(joints, (mark) => `${mark}${wordJoiner}`);

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Whether it would turn the words around it. */
export const isRightToLeft = (value: string): boolean => rightToLeft.test(value);

const byItself = "\u2068";
export const leftToRight = "\u2066";
const end = "\u2069";

/** Plain text, kept by itself where it would turn the words around it (Unicode UAX 9: FSI or LRI, and PDI). */
export const isolated = (value: string, begin = byItself): string =>
  isRightToLeft(value) ? `${begin}${value}${end}` : value;

const marks: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}
