export const reasonHeader = "Rollcall Reason";

/** The rest of a line behind its first cell; `null` where nothing follows that cell. */
export function passOverReason(line: string, end: string): string {
  const at = endOfCell(line, end);
  return at < 0 ? "" : unquoted(line.slice(at + 1).trim());
}

/** What stands in the first cell, and the character behind it; null when the line has one cell only. */
export function firstCell(line: string): { text: string; end: string } | null {
  const found = [...",;\t|"].map((end) => ({ end, at: endOfCell(line, end) })).filter(({ at }) => at >= 0);
  const [nearest] = found.sort((a, b) => a.at - b.at);
  return nearest ? { text: unquoted(line.slice(0, nearest.at).trim()), end: nearest.end } : null;
}

function endOfCell(line: string, end: string): number {
  if (!line.startsWith('"')) return line.indexOf(end);
  let at = line.indexOf('"', 1);
  while (at > 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at < 0 ? -1 : line.indexOf(end, at);
}

/** A download quotes a cell as spreadsheets do, and puts an apostrophe before what looks like a formula. */
function unquoted(cell: string): string {
  const whole = /^"(?:[^"]|"")*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
  return whole.replace(/^'(?=[=+\-@\uff0b\uff0d\uff1d\uff20])/, "");
}
