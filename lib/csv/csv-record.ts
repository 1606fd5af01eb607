/** A leading apostrophe keeps spreadsheets from running a cell as a formula (OWASP, CSV injection). */
const dangerous = /^[=+\-@\t\r＝＋－＠]/u;

export const guarded = (text: string) => (dangerous.test(text) ? `'${text}` : text);

/** One RFC 4180 record with its line end. A cell that is just `asIs` gets no apostrophe. */
export const csvRecord = (cells: (string | number | null)[], asIs?: string): string =>
  `${cells.map((cell) => csvCell(cell, asIs)).join(",")}\r\n`;

function csvCell(value: string | number | null, asIs: string | undefined): string {
  if (value === null) return "";
  const text = value === asIs ? value : guarded(String(value));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
