import { decodeHead } from "#lib/uploads/decode.ts";
import { type FileFault, fileFault } from "#lib/uploads/file-fault.ts";
import type { HeadFault } from "#lib/uploads/file-reading.ts";
import type { Encoding, TextVerdict } from "#lib/uploads/inspect-bytes.ts";
import { fileLimits } from "#lib/uploads/limits.ts";
import type { Place } from "./cut-records.ts";
import { findDelimiter, isBlankRow } from "./find-delimiter.ts";
import { flatList, flatWithoutAddress } from "./flat-list.ts";
import { headRecords } from "./head-records.ts";
import { endlessHeader, headerQuoteOpen, headerTooLong } from "./header-faults.ts";
import { type HeaderFinding, mapHeader } from "./map-header.ts";
import type { Delimiter } from "./scan-record.ts";

/** How a file is to be read: all that a reader needs besides the bytes. Plain data, so that it can be stored. */
export interface RosterLayout extends Omit<HeaderFinding, "ok"> {
  encoding: Encoding;
  /** Bytes of the byte order mark. */
  mark: number;
  delimiter: Delimiter;
  /** The first line goes on with data behind the names: cut every `headers.length` fields, whatever the lines. */
  flat: boolean;
  /** The end of the header. */
  start: Place;
}

/**
 * Finds delimiter and header, and the faults for which a whole file is refused; with a layout when a person can go on by
 * mapping the columns: those that are doubled or not understood are null in it. `head` is as uploaded.
 */
export function inspectHead(
  head: Buffer,
  verdict: TextVerdict,
): { ok: true; layout: RosterLayout } | HeadFault<RosterLayout> {
  const bytes = decodeHead(head, verdict);
  const whole = head.length === verdict.size;
  const { delimiter, header } = findDelimiter(bytes, whole);
  if (!header) return whole ? noText() : headerTooLong();
  const flat = flatList(bytes, { from: header.start, record: header.end.record, delimiter, final: whole });
  if (flat && !flat.ok) return flat;
  if (!flat && !header.cells) return unreadableHeader(bytes, delimiter, header.end);
  const cells = flat?.header ?? header.cells ?? [];
  const mapping = mapHeader(cells);
  const layoutOf = ({ ok: _, ...columns }: HeaderFinding): RosterLayout => ({
    encoding: verdict.encoding,
    mark: verdict.mark,
    delimiter,
    ...columns,
    // Every field of a flat list counts, also one without a name.
    headers: flat ? cells.map((_, index) => columns.headers[index] ?? "") : columns.headers,
    columns: flat ? cells.map((_, index) => columns.columns[index] ?? null) : columns.columns,
    flat: flat !== null,
    start: flat?.start ?? header.end,
  });
  const people = flat !== null || !whole || hasRows(bytes, delimiter, header.end);
  if (!mapping.ok) {
    const { guess, ...fault } = mapping;
    return guess && people ? { ...fault, layout: layoutOf(guess) } : fault;
  }
  return people ? { ok: true, layout: layoutOf(mapping) } : (flatWithoutAddress(cells) ?? onlyHeader());
}

function hasRows(bytes: Buffer, delimiter: Delimiter, start: Place): boolean {
  for (const { cells } of headRecords(bytes.subarray(start.offset), delimiter, true)) {
    if (!cells || !isBlankRow(cells)) return true;
  }
  return false;
}

function unreadableHeader(bytes: Buffer, delimiter: Delimiter, end: Place): FileFault {
  const tooLong = end.offset > fileLimits.recordBytes;
  return tooLong ? endlessHeader(bytes.subarray(0, end.offset)) : headerQuoteOpen(end.record, delimiter);
}

function noText(): FileFault {
  return fileFault(
    "empty",
    "The file has no text in it. Choose a file with a header row and a row for each person.",
  );
}

function onlyHeader(): FileFault {
  return fileFault(
    "only_header",
    "The file has a header row but no people below it. Add a row for each person and upload it again.",
  );
}
