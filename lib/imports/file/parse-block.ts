import Papa from "papaparse";
import type { RecordBlock } from "./cut-records.ts";
import type { Delimiter, Newline } from "./scan-record.ts";

/** The cells of each record. The parser sees bounded, well-formed text only: on one endless line it is quadratic. */
export function parseBlock(
  { bytes, newline, count }: Pick<RecordBlock, "bytes" | "newline" | "count">,
  delimiter: Delimiter,
): string[][] {
  return parseRecords(bytes.toString("utf8"), { delimiter, newline, count });
}

/** The same of text that holds so many records. */
export function parseRecords(
  text: string,
  { delimiter, newline, count }: { delimiter: Delimiter; newline: Newline; count: number },
): string[][] {
  // Blanks between the last closing quote and the end would be taken for data, were there no line end after them. And the
  // parser drops a byte order mark, which in the middle of a file is data.
  const whole = `${text.startsWith("\ufeff") ? "\ufeff" : ""}${text}${text.endsWith(newline) ? "" : newline}`;
  const rows = Papa.parse<string[]>(whole, { delimiter, newline }).data;
  // A line end after the last record makes one more, empty record.
  rows.pop();
  if (rows.length !== count) throw new Error(`${count} records were cut, but ${rows.length} were parsed.`);
  return rows;
}
