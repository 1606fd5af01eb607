import { fileLimits } from "#lib/uploads/limits.ts";
import { RecordPlaces } from "./record-places.ts";
import { afterLine, type Delimiter, type Newline, quoteWindow, RecordScanner } from "./scan-record.ts";

/** Where reading can start again: bytes of decoded text and records before this point. */
export interface Place {
  offset: number;
  record: number;
}

/** Whole, well-formed records with one kind of line end. */
export interface RecordBlock {
  kind: "records";
  /** Good until the next block is asked for. */
  bytes: Buffer;
  newline: Newline;
  count: number;
  /** Where its records and their cells are in its text; good as long as `bytes`. */
  places: RecordPlaces;
  /** Number of the first record; the header of a usual file is 1. */
  first: number;
  end: Place;
}

/** One record that cannot be read; `start` shows how it begins. */
export interface BrokenRecord {
  kind: "broken";
  code: "record_too_long" | "quote_not_closed";
  start: string;
  record: number;
  end: Place;
}

/** Every far look for a closing quote costs up to a `quoteWindow`; past this many the file is given up. */
const mostFarLooks = 1000;

const blockBytes = 256 * 1024;
/** Reading a block keeps the process from everything else for about 2 ms. */
const blockRecords = 250;
const shownBytes = 200;

/** The quotes of the file make no sense; nothing after this record is read. */
export interface BrokenQuotes {
  kind: "hopeless";
  record: number;
}

export type Cut = RecordBlock | BrokenRecord | BrokenQuotes;

/** Cuts UTF-8 text into blocks of records, in constant memory and linear time whatever the input. */
export async function* cutRecords(
  chunks: AsyncIterable<Buffer>,
  { delimiter, from }: { delimiter: Delimiter; from: Place },
): AsyncGenerator<Cut> {
  const cutter = new Cutter(delimiter, from);
  for await (const chunk of chunks) {
    yield* cutter.feed(chunk);
    if (cutter.hopeless) return;
  }
  yield* cutter.end();
}

class Cutter {
  readonly #scanner: RecordScanner;
  readonly #places = new RecordPlaces(blockRecords);
  /** What is not cut yet; one buffer for the whole file, for one a chunk would pile up as garbage. */
  readonly #work = Buffer.allocUnsafeSlow(quoteWindow + blockBytes);
  #filled = 0;
  /** Bytes that came in since the last look. Small chunks wait: what is left is looked at again each time. */
  #fresh = 0;
  #offset: number;
  #record: number;
  /** The beginning of an endless line, while it is passed over. */
  #skipping: string | null = null;
  #farLooks = 0;
  hopeless = false;

  constructor(delimiter: Delimiter, from: Place) {
    this.#scanner = new RecordScanner(delimiter);
    this.#offset = from.offset;
    this.#record = from.record;
  }

  *feed(chunk: Buffer): Generator<Cut> {
    for (let at = 0; at < chunk.length && !this.hopeless; ) {
      const copied = chunk.copy(this.#work, this.#filled, at, at + blockBytes - this.#fresh);
      at += copied;
      this.#filled += copied;
      this.#fresh += copied;
      if (this.#fresh === blockBytes) yield* this.#look(false);
    }
  }

  *end(): Generator<Cut> {
    yield* this.#look(true);
  }

  *#look(final: boolean): Generator<Cut> {
    const bytes = this.#work.subarray(0, this.#filled);
    this.#fresh = 0;
    let at = 0;
    if (this.#skipping !== null) {
      const end = afterLine(bytes, 0, final);
      if (end === "more") return this.#passOver(0);
      yield this.#broken("record_too_long", this.#skipping, end);
      this.#skipping = null;
      at = end;
    }
    yield* this.#cut(bytes, at, final);
  }

  *#cut(bytes: Buffer, from: number, final: boolean): Generator<Cut> {
    const [scanner, places] = [this.#scanner, this.#places];
    let [start, at] = [from, from];
    let newline: Newline = "\n";
    places.clear();
    while (at < bytes.length) {
      scanner.plain = true;
      const found = scanner.next(bytes, at, final);
      const fits = found === "record" && scanner.end - at <= fileLimits.recordBytes;
      const full = places.count === blockRecords || at - start >= blockBytes;
      if (places.count > 0 && (!fits || full || scanner.newline !== newline)) {
        yield this.#block(bytes.subarray(start, at), newline);
        start = at;
        places.clear();
      }
      if (found === "more") break;
      if (found === "endless") {
        this.#skipping = shown(bytes, at);
        return this.#passOver(at);
      }
      if (fits) {
        newline = scanner.newline;
        places.add(scanner);
      } else {
        yield this.#broken(this.#why(found, at), shown(bytes, at), scanner.end - at);
        start = scanner.end;
        this.hopeless = this.#givesUp(found, at);
        if (this.hopeless) return yield { kind: "hopeless", record: this.#record };
      }
      at = scanner.end;
    }
    if (places.count > 0) yield this.#block(bytes.subarray(start, at), newline);
    this.#keepFrom(at);
  }

  #keepFrom(at: number): void {
    this.#work.copyWithin(0, at, this.#filled);
    this.#filled -= at;
  }

  #why(found: "record" | "broken", at: number): BrokenRecord["code"] {
    const long = this.#scanner.end - at > fileLimits.recordBytes;
    return found === "record" || long ? "record_too_long" : "quote_not_closed";
  }

  #givesUp(found: "record" | "broken", at: number): boolean {
    if (found === "broken" && this.#scanner.reached - at > fileLimits.recordBytes) this.#farLooks += 1;
    return this.#farLooks > mostFarLooks;
  }

  /** Keeps a last carriage return, so that the line feed after it is not taken for another line. */
  #passOver(from: number): void {
    const kept = this.#work[this.#filled - 1] === 0x0d ? 1 : 0;
    this.#offset += this.#filled - kept - from;
    this.#keepFrom(this.#filled - kept);
  }

  #block(bytes: Buffer, newline: Newline): RecordBlock {
    const [first, places] = [this.#record + 1, this.#places];
    const end = this.#advance(bytes.length, places.count);
    return { kind: "records", bytes, newline, count: places.count, places, first, end };
  }

  #broken(code: BrokenRecord["code"], start: string, length: number): BrokenRecord {
    const record = this.#record + 1;
    return { kind: "broken", code, start, record, end: this.#advance(length, 1) };
  }

  #advance(bytes: number, records: number): Place {
    this.#offset += bytes;
    this.#record += records;
    return { offset: this.#offset, record: this.#record };
  }
}

function shown(bytes: Buffer, at: number): string {
  const line = bytes.subarray(at, Math.min(afterLineOrEnd(bytes, at), at + shownBytes));
  return line.toString("utf8").replace(/[\r\n]+$/, "");
}

function afterLineOrEnd(bytes: Buffer, at: number): number {
  const end = afterLine(bytes.subarray(0, at + shownBytes), at, true);
  return end === "more" ? bytes.length : end;
}
