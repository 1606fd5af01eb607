import { fileLimits } from "#lib/uploads/limits.ts";
import type { Place } from "./cut-records.ts";
import { parseBlock } from "./parse-block.ts";
import { type Delimiter, RecordScanner } from "./scan-record.ts";

export interface HeadRecord {
  /** Null when the record is too long, is cut off by the end of the head, or has wrong quotes. */
  cells: string[] | null;
  start: number;
  end: Place;
}

/** The records at the start of a file, one by one. `whole`: the head is all of the file. */
export function* headRecords(bytes: Buffer, delimiter: Delimiter, whole: boolean): Generator<HeadRecord> {
  const scanner = new RecordScanner(delimiter);
  let at = 0;
  for (let record = 1; at < bytes.length; record++) {
    const found = scanner.next(bytes, at, whole);
    const end = found === "more" || found === "endless" ? bytes.length : scanner.end;
    const fits = found === "record" && end - at <= fileLimits.recordBytes;
    const block = { bytes: bytes.subarray(at, end), newline: scanner.newline, count: 1 };
    yield {
      cells: fits ? (parseBlock(block, delimiter)[0] ?? []) : null,
      start: at,
      end: { offset: end, record },
    };
    at = end;
  }
}
