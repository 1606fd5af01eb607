import { expect } from "vitest";
import { cutRecords } from "#lib/imports/file/cut-records.ts";
import { parseBlock } from "#lib/imports/file/parse-block.ts";
import { rowsOfBlock } from "#lib/imports/file/rows-of-block.ts";
import type { Delimiter } from "#lib/imports/file/scan-record.ts";
import { pieces } from "../uploads/byte-streams.ts";

export interface Line {
  line: number;
  cells: string[] | string;
}

export const start = { offset: 0, record: 0 };

export async function read(
  chunks: AsyncIterable<Buffer>,
  delimiter: Delimiter = ",",
  from = start,
): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const cut of cutRecords(chunks, { delimiter, from })) {
    if (cut.kind === "hopeless") lines.push({ line: cut.record, cells: "hopeless" });
    else if (cut.kind === "broken") lines.push({ line: cut.record, cells: cut.code });
    else {
      const rows: Line[] = [];
      rowsOfBlock(cut, delimiter, (cells, line) => rows.push({ line, cells: [...cells] }));
      // What is cut by place must be what the parser would have said.
      const parsed = parseBlock(cut, delimiter);
      expect(rows).toEqual(parsed.map((cells, index) => ({ line: cut.first + index, cells })));
      lines.push(...rows);
    }
  }
  return lines;
}

export const text = async (file: string, delimiter?: Delimiter) =>
  (await read(pieces(file), delimiter)).map(({ cells }) => cells);
