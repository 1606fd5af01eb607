import { fileLimits } from "#lib/uploads/limits.ts";

export type Newline = "\n" | "\r\n" | "\r";
export type Delimiter = "," | ";" | "\t" | "|";

const quote = 0x22;
const blank = 0x20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Kinds of bytes, as bits; all others are 0. */
const ends = 1;
const odd = 2;
/** Within a character of UTF-8: adds nothing to the length of the text in UTF-16. */
const within = 4;
/** Begins a character of four bytes: adds two. */
const long = 8;

/** Records with more cells are left to the parser. */
export const mostPlaces = fileLimits.columns + 1;

/**
 * How far a closing quote is looked for. A longer way than a record may have, so that a quoted cell that is merely too
 * long fails as one record, while a quote that nobody closed does not swallow the rest of the file.
 */
export const quoteWindow = 16 * fileLimits.recordBytes;

/**
 * Finds where records end, by RFC 4180: a quote counts only at the start of a field, a doubled one inside is data, and
 * after the closing one only blanks may follow. CRLF, LF and CR all end a record.
 */
export class RecordScanner {
  /** After `next` gave "record" or "broken": the first byte after it. */
  end = 0;
  newline: Newline = "\n";
  /** How far the last "broken" was looked at. */
  reached = 0;
  /** Whether the records since it was last set to true hold no control, no line end and nothing that `isOddByte` names. */
  plain = true;
  /** After "record": its length in UTF-16 with its line end. */
  units = 0;
  /** After "record": how many cells it has; 0 when cells are quoted or too many, and only the parser can tell. */
  cells = 0;
  /** Where these cells end, in UTF-16 from the start of the record. */
  readonly places = new Int32Array(mostPlaces);
  /** Bytes of the record so far that its text in UTF-16 is shorter. */
  #shorter = 0;
  #quoted = false;
  readonly #kinds: Uint8Array;

  constructor(delimiter: Delimiter) {
    this.#kinds = Uint8Array.from({ length: 256 }, (_, byte) => kindOf(byte));
    for (const byte of [delimiter.charCodeAt(0), lineFeed, carriageReturn]) this.#kinds[byte] = ends;
  }

  /**
   * "record": a whole one; "more": undecided until there are more bytes; "broken": its quotes are wrong, it ends with its
   * first line; "endless": no end within the window. `final` says that no more bytes will come.
   */
  next(bytes: Buffer, start: number, final: boolean): "record" | "broken" | "more" | "endless" {
    const kinds = this.#kinds;
    const limit = Math.min(bytes.length, start + quoteWindow);
    let at = start;
    this.#shorter = 0;
    this.#quoted = false;
    this.cells = 0;
    for (;;) {
      if (at < limit && bytes[at] === quote) {
        this.#quoted = true;
        at = this.#afterClosingQuote(bytes, at + 1, limit);
        while (at < limit && bytes[at] === blank) at++;
      } else {
        at = this.#afterField(bytes, at, limit);
      }
      if (this.cells < mostPlaces) this.places[this.cells] = at - start - this.#shorter;
      this.cells += 1;
      if (at >= limit) return this.#outOfBytes(bytes, start, { at, limit, final });
      const byte = bytes[at] as number;
      if (byte === lineFeed) return this.#ends("\n", start, at + 1);
      if (byte === carriageReturn) {
        if (at + 1 === bytes.length && !final) return "more";
        return bytes[at + 1] === lineFeed
          ? this.#ends("\r\n", start, at + 2)
          : this.#ends("\r", start, at + 1);
      }
      if (kinds[byte] !== ends) return this.#broken(bytes, start, at, final);
      at++;
    }
  }

  #afterField(bytes: Buffer, from: number, limit: number): number {
    const kinds = this.#kinds;
    let at = from;
    for (;;) {
      while (at < limit && kinds[bytes[at] as number] === 0) at++;
      if (at >= limit) return at;
      const kind = kinds[bytes[at] as number] as number;
      if (kind === ends) return at;
      this.#note(kind);
      at++;
    }
  }

  /** The byte after the closing quote; beyond `limit` when there is none before it. */
  #afterClosingQuote(bytes: Buffer, from: number, limit: number): number {
    const kinds = this.#kinds;
    let at = from;
    for (;;) {
      for (; at < limit && bytes[at] !== quote; at++) {
        const kind = kinds[bytes[at] as number] as number;
        if (kind !== 0) this.#note(kind);
        if ((bytes[at] as number) < blank) this.plain = false;
      }
      if (at >= limit) return limit + 1;
      if (bytes[at + 1] !== quote) return at + 1;
      at += 2;
    }
  }

  #note(kind: number): void {
    if (kind & odd) this.plain = false;
    if (kind & within) this.#shorter += 1;
    else if (kind & long) this.#shorter -= 1;
  }

  /** `at` is past the limit when a quote was still open there. */
  #outOfBytes(
    bytes: Buffer,
    start: number,
    { at, limit, final }: { at: number; limit: number; final: boolean },
  ) {
    const all = limit === bytes.length;
    if (all && !final && limit - start < quoteWindow) return "more";
    if (all && final && at === limit) return this.#ends(this.newline, start, limit);
    return this.#broken(bytes, start, limit, final);
  }

  #ends(newline: Newline, start: number, end: number): "record" {
    this.newline = newline;
    this.end = end;
    this.units = end - start - this.#shorter;
    if (this.#quoted || this.cells > mostPlaces) this.cells = 0;
    return "record";
  }

  #broken(bytes: Buffer, start: number, reached: number, final: boolean): "broken" | "more" | "endless" {
    this.reached = reached;
    const end = afterLine(bytes, start, final);
    if (end === "more") return bytes.length - start < quoteWindow ? "more" : "endless";
    this.end = end;
    return "broken";
  }
}

function kindOf(byte: number): number {
  if (byte >= 0x80 && byte < 0xc0) return within;
  return (isOddByte(byte) ? odd : 0) | (byte >= 0xf0 ? long : 0);
}

/** Controls, and what begins blanks, controls, invisible characters and direction marks: U+0080, U+1000, U+2000, U+3000, U+F000 … */
function isOddByte(byte: number): boolean {
  return byte < blank || byte === 0x7f || byte === 0xc2 || (byte >= 0xe1 && byte <= 0xe3) || byte === 0xef;
}

/** The first byte of the next line, whatever the quotes say. */
export function afterLine(bytes: Buffer, start: number, final: boolean): number | "more" {
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === lineFeed) return at + 1;
    if (bytes[at] !== carriageReturn) continue;
    if (at + 1 === bytes.length && !final) return "more";
    return bytes[at + 1] === lineFeed ? at + 2 : at + 1;
  }
  return final ? bytes.length : "more";
}
