import { decodeHead } from "#lib/uploads/decode.ts";
import { shownCell } from "#lib/users/shown-cell.ts";
import { flatten } from "./flatten.ts";
import { headRecords } from "./head-records.ts";
import type { RosterLayout } from "./inspect-head.ts";

const mostSamples = 3;
const mostRecords = 200;

/**
 * For each column up to three different cells of the first lines that are as wide as the header; none of a password.
 * `head`: the first bytes of the file as uploaded, or all of them.
 */
export async function sampleCells(
  head: { bytes: Buffer; whole: boolean },
  layout: RosterLayout,
): Promise<string[][]> {
  const samples = layout.headers.map(() => new Set<string>());
  let record = 0;
  const text = await textBelow(head.bytes, layout);
  for (const { cells } of headRecords(text, layout.delimiter, head.whole)) {
    if (++record > mostRecords) break;
    if (cells?.length === layout.headers.length) collect(samples, cells, layout);
    if (samples.every((some, at) => some.size === mostSamples || layout.columns[at] === "password")) break;
  }
  return samples.map((some) => [...some]);
}

function collect(samples: Set<string>[], cells: string[], { columns }: RosterLayout): void {
  for (const [at, some] of samples.entries()) {
    const shown = columns[at] === "password" ? "" : shownCell(cells[at] ?? "", 40);
    if (shown !== "" && some.size < mostSamples) some.add(shown);
  }
}

async function textBelow(head: Buffer, layout: RosterLayout): Promise<Buffer> {
  const text = Buffer.from(decodeHead(head, layout).subarray(layout.start.offset));
  if (!layout.flat) return text;
  const lines: Buffer[] = [];
  const shape = { delimiter: layout.delimiter, width: layout.headers.length };
  for await (const line of flatten(only(text), shape)) lines.push(line);
  return Buffer.concat(lines);
}

async function* only(text: Buffer): AsyncGenerator<Buffer> {
  yield text;
}
