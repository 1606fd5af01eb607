import Papa from "papaparse";
import type { RecordBlock } from "./cut-records.ts";
import type { Delimiter } from "./scan-record.ts";

/** The cells of each record. The parser sees bounded, well-formed text only: on one endless line it is quadratic. */
export function parseBlock(
  { bytes, newline, count }: Pick<RecordBlock, "bytes" | "newline" | "count">,
  delimiter: Delimiter,
): string[][] {
  const text = bytes.toString("utf8");
  // A line end after the last record would make one more, empty record.
  const records = text.endsWith(newline) ? text.slice(0, -newline.length) : text;
  const rows = records === "" ? [[""]] : Papa.parse<string[]>(records, { delimiter, newline }).data;
  if (rows.length !== count) throw new Error(`${count} records were cut, but ${rows.length} were parsed.`);
  return rows;
}
