import type { RecordBlock } from "./cut-records.ts";
import { parseBlock, parseRecords } from "./parse-block.ts";
import type { Delimiter } from "./scan-record.ts";

/** `cells` is good during the call only; `plain` says that none holds a control, an odd blank or a direction mark. */
export type TakeRow = (cells: string[], line: number, plain: boolean) => void;

/**
 * Gives the rows of a block in turn. Records without quotes are cut where the scanner saw their cells end, which takes a
 * fraction of the parser's time; the others go to the parser together.
 */
export function rowsOfBlock(block: RecordBlock, delimiter: Delimiter, take: TakeRow): void {
  const text = block.bytes.toString("utf8");
  // Bytes that are not UTF-8 have no places: the decoder puts something of another length in their stead.
  if (text.length === block.places.units && !text.includes("\ufffd"))
    rowsByPlace(text, block, delimiter, take);
  else rowsByParser(block, delimiter, take);
}

function rowsByPlace(text: string, block: RecordBlock, delimiter: Delimiter, take: TakeRow): void {
  const { places, first, count } = block;
  const parsed = places.unclear > 0 ? parseUnclear(text, block, delimiter) : [];
  const cells: string[] = [];
  let [start, place, next] = [0, 0, 0];
  for (let record = 0; record < count; record++) {
    const width = places.cells[record] as number;
    const plain = places.plain[record] === 1;
    if (width === 0) {
      take(parsed[next++] as string[], first + record, plain);
    } else {
      let from = start;
      cells.length = width;
      for (let cell = 0; cell < width; cell++) {
        const end = start + (places.ends[place++] as number);
        cells[cell] = text.slice(from, end);
        from = end + 1;
      }
      take(cells, first + record, plain);
    }
    start += places.lengths[record] as number;
  }
}

function rowsByParser(block: RecordBlock, delimiter: Delimiter, take: TakeRow): void {
  for (const [record, cells] of parseBlock(block, delimiter).entries())
    take(cells, block.first + record, false);
}

/** Their line ends stand in the text as well, so that they need only be put together. */
function parseUnclear(text: string, { places, newline, count }: RecordBlock, delimiter: Delimiter) {
  const records: string[] = [];
  let start = 0;
  for (let record = 0; record < count; record++) {
    const end = start + (places.lengths[record] as number);
    if (places.cells[record] === 0) records.push(text.slice(start, end));
    start = end;
  }
  return parseRecords(records.join(""), { delimiter, newline, count: places.unclear });
}
