/** A leading apostrophe keeps spreadsheets from running a cell as a formula (OWASP, CSV injection). */
const dangerous = /^[=+\-@\t\r＝＋－＠]/u;

export const guarded = (text: string) => (dangerous.test(text) ? `'${text}` : text);

/** One RFC 4180 record with its line end. */
export const csvRecord = (cells: (string | number | null)[]): string => `${cells.map(csvCell).join(",")}\r\n`;

function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const text = guarded(String(value));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
