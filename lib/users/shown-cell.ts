const breaks = /[\t\r\n\u2028\u2029]+/g;

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
