import { setImmediate as turn } from "node:timers/promises";
import { textFrom } from "#lib/uploads/decode.ts";
import { type FileFault, fileFault } from "#lib/uploads/file-fault.ts";
import { fileLimits } from "#lib/uploads/limits.ts";
import { type BrokenRecord, type Cut, cutRecords, type Place } from "./cut-records.ts";
import { isBlankRow } from "./find-delimiter.ts";
import { beginsPerson, brokenFlatList, isGap, notAPerson } from "./flat-list.ts";
import { flatten } from "./flatten.ts";
import type { RosterLayout } from "./inspect-head.ts";
import type { JudgedRow, RowJudge } from "./judge-row.ts";
import { brokenRecordProblem } from "./problem.ts";
import { rawCells } from "./raw-cells.ts";
import { type RosterColumns, RowCollector } from "./roster-batch.ts";
import { rosterJudge } from "./roster-judge.ts";
import { rowsOfBlock, type TakeRow } from "./rows-of-block.ts";

/** Where a reader can go on: the place in the text, and how many rows stand before it. */
export interface Checkpoint extends Place {
  rows: number;
}

export interface RosterBatch {
  ok: true;
  columns: RosterColumns;
  /** After the last row of this batch. */
  checkpoint: Checkpoint;
}

export interface RosterSource {
  /** The bytes of the file as uploaded, from this byte on. */
  open(from: number): AsyncIterable<Buffer>;
  layout: RosterLayout;
  /** Verified domains of the account, in lower case. */
  domains: readonly string[];
  clearWord: string;
}

/** A block is at most 250 rows, so that one more always fits into a batch of 5,000. */
const roomForBlock = 4750;
/** Blank lines are no rows, but a file of nothing else must end some time. */
const mostRecords = 4 * fileLimits.rows;

/**
 * Reads and judges a file of people, from its header or from `resumeAt` on, in batches of at most 5,000 rows. Ends
 * with a fault when the file shows late that it cannot be used at all. Memory does not depend on the size of the file.
 */
export async function* readRoster(
  source: RosterSource,
  resumeAt?: Checkpoint,
): AsyncGenerator<RosterBatch | FileFault> {
  const { layout } = source;
  const from = resumeAt ?? { ...layout.start, rows: 0 };
  const batcher = new Batcher(source, from);
  for await (const cut of cutRecords(recordsFrom(source, from.offset), {
    delimiter: layout.delimiter,
    from,
  })) {
    if (cut.kind === "hopeless") return yield brokenQuotes(cut.record);
    const fault = batcher.add(cut);
    if (fault) return yield fault;
    // The answers of the database that takes the batch before are heard between blocks, so the two work side by side.
    await turn();
    const records = cut.end.record;
    if (batcher.rows > fileLimits.rows || records > mostRecords) return yield tooManyRows();
    if (batcher.full()) yield batcher.take();
  }
  if (!batcher.empty()) yield batcher.take();
}

class Batcher {
  readonly #layout: RosterLayout;
  readonly #judge: RowJudge;
  readonly #collector: RowCollector;
  #checkpoint: Checkpoint;
  #fault: FileFault | null = null;
  rows: number;

  constructor({ layout, domains, clearWord }: RosterSource, from: Checkpoint) {
    this.#layout = layout;
    this.#judge = rosterJudge({ ...layout, domains, clearWord });
    this.#collector = new RowCollector(this.#judge.fields, (cells, row) => rawCells(cells, row, layout));
    this.#checkpoint = from;
    this.rows = from.rows;
  }

  /** A fault ends the reading. */
  add(cut: Exclude<Cut, { kind: "hopeless" }>): FileFault | null {
    const { flat, delimiter } = this.#layout;
    if (cut.kind === "records") {
      rowsOfBlock(cut, delimiter, flat ? this.#addPerson : this.#addRow);
    } else {
      if (flat) return brokenFlatList(cut.code, this.rows + 1);
      this.#collector.append(unread(cut.code, cut.record), ++this.rows, cut.record, [cut.start]);
    }
    this.#checkpoint = { ...cut.end, rows: this.rows };
    return this.#fault;
  }

  /** Of a flat list nothing but the address tells where a person begins: one missing field would shift all that follow. */
  readonly #addPerson: TakeRow = (cells, _, plain) => {
    const [cell = ""] = cells;
    // Lines mean nothing here: a person's number is that of the record, the header being 1.
    if (beginsPerson(cell)) return this.#addRow(cells, this.rows + 2, plain);
    const { columns, headers } = this.#layout;
    if (this.#fault || isGap(cells, headers.length)) return;
    const shown = columns.includes("password") ? null : cell;
    this.#fault = notAPerson({ width: headers.length, person: this.rows + 1, cell: shown });
  };

  readonly #addRow: TakeRow = (cells, line, plain) => {
    if (!isBlankRow(cells))
      this.#collector.append(this.#judge.judge(cells, line, plain), ++this.rows, line, cells);
  };

  full(): boolean {
    return this.#collector.length > roomForBlock;
  }

  empty(): boolean {
    return this.#collector.length === 0;
  }

  take(): RosterBatch {
    return { ok: true, columns: this.#collector.take(), checkpoint: this.#checkpoint };
  }
}

function unread(code: BrokenRecord["code"], line: number): JudgedRow {
  return {
    email: null,
    asked: null,
    values: [],
    cleared: [],
    groups: [],
    problems: [brokenRecordProblem(code, line)],
    passedOver: null,
  };
}

/** The text from an offset, with a record a line also where the file is a flat list. */
function recordsFrom(source: RosterSource, offset: number): AsyncIterable<Buffer> {
  const { flat, delimiter, headers } = source.layout;
  const text = textFrom(source, offset);
  return flat ? flatten(text, { delimiter, width: headers.length }) : text;
}

function tooManyRows(): FileFault {
  return fileFault(
    "too_many_rows",
    "The file has more than 1,000,000 rows. Divide it into smaller files, each with the header row.",
  );
}

function brokenQuotes(line: number): FileFault {
  return fileFault(
    "broken_quotes",
    `More than 1,000 double quotes are not closed, the last in line ${line}. Save the file again as "CSV UTF-8".`,
  );
}
