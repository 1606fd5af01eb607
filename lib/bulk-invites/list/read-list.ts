import { setImmediate as turn } from "node:timers/promises";
import { type TextSource, textFrom } from "#lib/uploads/decode.ts";
import { type FileFault, fileFault } from "#lib/uploads/file-fault.ts";
import { fileLimits } from "#lib/uploads/limits.ts";
import { cutLines, type LineBlock } from "./cut-lines.ts";
import { type Entry, lineJudge, tooLong } from "./judge-entry.ts";
import type { ListLayout, ListPlace } from "./list-layout.ts";
import { passOverReason } from "./pass-over-reason.ts";

/** Where a reader can go on: the place in the text, and how many addresses stand before it. */
export interface ListCheckpoint extends ListPlace {
  rows: number;
}

/** Entries in columns of equal length, as `unnest` takes them. */
export interface ListBatch {
  ok: true;
  positions: number[];
  lines: number[];
  emails: (string | null)[];
  problems: (string | null)[];
  /** As JSON. */
  raw: (string | null)[];
  checkpoint: ListCheckpoint;
}

export interface ListSource extends TextSource {
  layout: ListLayout;
  /** Verified domains of the account, in lower case. */
  domains: readonly string[];
}

const batchRows = 5_000;
/** Of what is kept of entries with a problem. */
const batchBytes = 4 * 1024 * 1024;
/** Blank lines are no addresses, but a file of nothing else must end some time. */
const mostLines = 4 * fileLimits.rows;

/**
 * Reads and judges a list of addresses, from its start or from `resumeAt` on, in batches of some thousands. Ends with a
 * fault when there are too many. Memory does not depend on the size of the file.
 */
export async function* readList(
  source: ListSource,
  resumeAt?: ListCheckpoint,
): AsyncGenerator<ListBatch | FileFault> {
  const { layout } = source;
  const from = resumeAt ?? { ...layout.start, rows: 0 };
  const collector = new ListCollector(source, from);
  for await (const block of cutLines(textFrom(source, from.offset), from)) {
    collector.add(block);
    // The answers of the database that takes the batch before are heard between blocks, so the two work side by side.
    await turn();
    if (collector.rows > fileLimits.rows || block.end.line > mostLines) return yield tooMany();
    if (collector.length >= batchRows || collector.bytes > batchBytes) yield collector.take();
  }
  if (collector.length > 0) yield collector.take();
}

type Columns = Omit<ListBatch, "ok" | "checkpoint">;

const noColumns = (): Columns => ({ positions: [], lines: [], emails: [], problems: [], raw: [] });

class ListCollector {
  readonly #layout: ListLayout;
  readonly #judge: ReturnType<typeof lineJudge>;
  #columns = noColumns();
  #checkpoint: ListCheckpoint;
  rows: number;
  /** Of the raw text in the batch. */
  bytes = 0;

  constructor({ layout, domains }: ListSource, from: ListCheckpoint) {
    this.#layout = layout;
    this.#judge = lineJudge(domains);
    this.#checkpoint = from;
    this.rows = from.rows;
  }

  get length(): number {
    return this.#columns.positions.length;
  }

  add({ lines, line, tooLong: isTooLong, end }: LineBlock): void {
    const { reasonsEnd } = this.#layout;
    let number = line;
    const take = (entry: Entry) => this.#append(entry, number);
    for (const text of lines) {
      if (isTooLong) take(tooLong(text, number));
      else this.#judge(reasonsEnd === null ? text : passOverReason(text, reasonsEnd), number, take);
      number += 1;
    }
    this.#checkpoint = { ...end, rows: this.rows };
  }

  #append({ email, problem, raw }: Entry, line: number): void {
    const columns = this.#columns;
    columns.positions.push(++this.rows);
    columns.lines.push(line);
    columns.emails.push(email);
    columns.problems.push(problem);
    this.bytes += raw?.length ?? 0;
    // Postgres takes NUL neither in text nor in JSON.
    columns.raw.push(raw === null ? null : JSON.stringify([raw.replaceAll("\0", "\ufffd")]));
  }

  take(): ListBatch {
    const columns = this.#columns;
    this.#columns = noColumns();
    this.bytes = 0;
    return { ok: true, ...columns, checkpoint: this.#checkpoint };
  }
}

const tooMany = () =>
  fileFault("too_many_rows", "The file has more than 1,000,000 addresses. Divide it into smaller files.");
