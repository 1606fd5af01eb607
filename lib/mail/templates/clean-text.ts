const longestName = 100;
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
  const letters = [...stripControls(value)];
  const short =
    letters.length > longestName ? `${letters.slice(0, longestName - 1).join("")}…` : letters.join("");
  return short.replace(/[.:/@\\](?=\S)/gu, (mark) => `${mark}${wordJoiner}`);
}

const marks: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}
