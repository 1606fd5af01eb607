import { fileLimits } from "#lib/uploads/limits.ts";
import type { ListPlace } from "./list-layout.ts";

/** Lines, or parts of one that is too long to be held whole; `line` is the number of the first, from 1. */
export type LineBlock = {
  lines: string[];
  line: number;
  /** What could not be an address: longer than an entry may be. It is passed over, and this is how it begins. */
  tooLong: boolean;
  end: ListPlace;
};

const [lineFeed, carriageReturn, quote, blank] = [0x0a, 0x0d, 0x22, 0x20];
const separators = new Set([0x2c, 0x3b, blank, 0x09]);
const blockBytes = 64 * 1024;
const shownBytes = 400;

/** Cuts UTF-8 text into blocks of lines, in constant memory and linear time whatever the input. */
export async function* cutLines(chunks: AsyncIterable<Buffer>, from: ListPlace): AsyncGenerator<LineBlock> {
  const cutter = new LineCutter(from);
  for await (const chunk of chunks) yield* cutter.feed(chunk);
  yield* cutter.end();
}

class LineCutter {
  readonly #work = Buffer.allocUnsafeSlow(fileLimits.recordBytes + blockBytes);
  #filled = 0;
  #place: ListPlace;
  #skipping = false;

  constructor(from: ListPlace) {
    this.#place = from;
  }

  *feed(chunk: Buffer): Generator<LineBlock> {
    for (let at = 0; at < chunk.length; ) {
      const copied = chunk.copy(this.#work, this.#filled, at);
      at += copied;
      this.#filled += copied;
      if (this.#filled === this.#work.length) yield* this.#look();
    }
  }

  *end(): Generator<LineBlock> {
    for (let before = 0; this.#filled !== before; ) {
      before = this.#filled;
      yield* this.#look();
    }
    if (this.#filled > 0) yield this.#block(this.#filled, false);
  }

  *#look(): Generator<LineBlock> {
    if (this.#skipping) this.#skip();
    if (this.#skipping || this.#filled === 0) return;
    const bytes = this.#work.subarray(0, this.#filled);
    // A carriage return at the very end may be half of a line end.
    const last = Math.max(bytes.lastIndexOf(lineFeed), bytes.lastIndexOf(carriageReturn, bytes.length - 2));
    if (last >= 0) return yield this.#block(last + 1, false);
    if (bytes.length < fileLimits.recordBytes) return;
    const part = endOfPart(bytes);
    if (part > 0) return yield this.#block(part, false);
    this.#skipping = true;
    yield this.#block(bytes.length, true);
  }

  /** The rest of what is too long, up to what ends it. */
  #skip(): void {
    const bytes = this.#work.subarray(0, this.#filled);
    const ends = [...separators, lineFeed, carriageReturn].map((byte) => bytes.indexOf(byte));
    const end = Math.min(...ends.map((at) => (at < 0 ? bytes.length : at)));
    this.#skipping = end === bytes.length;
    this.#take(end);
  }

  #block(length: number, tooLong: boolean): LineBlock {
    const bytes = this.#work.subarray(0, tooLong ? Math.min(length, shownBytes) : length);
    const line = this.#place.line + 1;
    const lines = bytes.toString("utf8").split(/\r\n|\n|\r/);
    // Behind the last line end nothing begins; a part of a line ends none.
    const ended = lines.length - 1;
    if (lines.at(-1) === "") lines.pop();
    this.#take(length);
    this.#place = { ...this.#place, line: this.#place.line + ended };
    return { lines, line, tooLong, end: this.#place };
  }

  #take(length: number): void {
    this.#work.copyWithin(0, length, this.#filled);
    this.#filled -= length;
    this.#place = { ...this.#place, offset: this.#place.offset + length };
  }
}

/** Behind the last separator that no quote goes round; behind any, where quotes make no sense; 0 when there is none. */
function endOfPart(bytes: Buffer): number {
  let [open, sure, any] = [false, 0, 0];
  for (const [at, byte] of bytes.entries()) {
    if (byte === quote) open = !open;
    // A blank stands within names and addresses with names: it parts only where nothing else does.
    if (!separators.has(byte)) continue;
    if (byte !== blank && !open) sure = at + 1;
    any = at + 1;
  }
  return sure || any;
}
